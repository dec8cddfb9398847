"""Markdown that would lose something on its way to the page, and files with two versions in them."""

from __future__ import annotations

from tests.store.faults.row import ALFA, FACTSHEET, FAQ, PAGE, Row, add, swap

REFUSED = "Dit adres mag niet in een link"
WRONG = "Dit webadres klopt niet"


def slip(name: str, text: str, says: str, *, line: int = 13) -> Row:
    """A slip below the text of a page: on line 13, below the eleven lines that there are and a blank one."""
    return Row(name, add(PAGE, f"\n{text}\n"), PAGE, line, "", says)


ROWS = [
    slip("script in a link", "Lees [dit](javascript:alert(1)).", REFUSED),
    slip("script in a link, in capitals", "Lees [dit](JavaScript:alert(1)).", REFUSED),
    slip("script in a link, disguised", "Lees [dit](java&#115;cript:alert(1)).", REFUSED),
    slip("link by a name without an address", "Lees [de wet][wmo].", 'Bij "[wmo]" hoort een adres'),
    slip("link by its own words without an address", "Lees [de wet][].", 'Bij "[de wet]" hoort een adres'),
    slip("script in a link, in brackets", "Lees [dit](<javascript:alert(1)>).", REFUSED),
    slip("script in a link on the next line", "Lees [dit](\njavascript:alert(1)).", REFUSED),
    slip("script behind a picture", "[![kaart](/x.png)](javascript:alert(1))", REFUSED),
    slip("data in a link", "Lees [dit](data:text/html,x).", REFUSED),
    slip("file in a link", "Lees [dit](file:///etc/passwd).", REFUSED),
    slip("another site without its scheme", "Lees [dit](//elders.example.nl/).", REFUSED),
    slip("another site with its strokes turned", "Lees [dit](\\\\elders.example.nl/).", REFUSED),
    slip("another site behind a turned stroke", "Lees [dit](/\\elders.example.nl/).", REFUSED),
    slip("another site behind two turned strokes", "Lees [dit](/\\\\elders.example.nl/).", REFUSED),
    slip("another site without its name", "Lees [dit](https://).", WRONG),
    slip("another site with a name that can't be", "Lees [dit](https://elders..nl/).", WRONG),
    slip("another site with one stroke", "Lees [dit](https:/elders.example.nl/).", WRONG),
    slip("mail to nobody", "Zie <mailto:?subject=x>.", WRONG),
    slip("address below the text", "Lees [dit][1].\n\n[1]: javascript:alert(1)", REFUSED, line=15),
    slip("address of its own", "Zie <ftp://elders.example.nl/x>.", REFUSED),
    slip("picture of another site", "![kaart](https://elders.example.nl/x.png)", "Een plaatje van een andere site"),
    slip("data as a picture", "![kaart](data:image/png;base64,x)", REFUSED),
    slip("link without words", "Lees [](/duinrand/hulp/).", "Deze link heeft geen woorden"),
    slip("picture without words", "![](/x.png)", "geen woorden"),
    slip("link without address", "Lees [dit]().", "geen adres"),
    slip("heading without words", "## ", 'Achter "##" staat geen kop'),
    slip("heading of marks alone", "### ###", "staat geen kop"),
    slip("second slip is told on its own line", "Een.\n\nTwee [](/duinrand/).", "geen woorden", line=15),
    slip("brackets that stay open", "Een.\n\n" + "[" * 1990, "meer dan 20 haken open", line=15),
    slip("brackets that stay open, over lines", ("[" * 10 + "\n") * 3, "meer dan 20 haken open", line=15),
    slip("round brackets that stay open", "[a](" * 21, "meer dan 20 haken open"),
    slip("lists in one another", "1. " * 400 + "a", "meer dan 20 lijsten of citaten in elkaar"),
    slip("quotations in one another", "> " * 21 + "a", "meer dan 20 lijsten of citaten in elkaar"),
    slip("paragraph of many lines", "# a\n" * 402, "langer dan 10000 tekens of 400 regels"),
    slip("paragraph of many signs", f"{'x' * 1999}\n" * 6, "langer dan 10000 tekens of 400 regels"),
    Row(
        "article without text",
        lambda content: content.raw(FACTSHEET, content.text(FACTSHEET).partition("\n\n")[0] + "\n \n"),
        FACTSHEET,
        9,
        "",
        "Hier ontbreekt de tekst",
    ),
    slip("two versions", "<<<<<<< HEAD\nEen.\n=======\nTwee.\n>>>>>>> ander", "tekens van git"),
    slip("what is left of two versions", "Een.\n\n=======\nTwee.", "tekens van git", line=15),
    Row("two versions in a YAML file", swap(FAQ, "questions:", "<<<<<<< HEAD\nquestions:"), FAQ, "<<<<<<<", "", "git"),
    Row(
        "two versions in a text of several lines",
        swap(FAQ, "answer: Bel uw gemeente.", "answer: 'Bel\n      ======= x\n      >>>>>>> ander\n      niet.'"),
        FAQ,
        "======= x",
        "",
        "tekens van git",
    ),
    Row("two versions of a provider", add(ALFA, ">>>>>>> ander\n"), ALFA, ">>>>>>>", "", "tekens van git"),
]
