"""Values that fit their key and make no sense, and things that a reader can't tell apart."""

from __future__ import annotations

from tests.builders import HOME, ContentFolder
from tests.store.faults.row import (
    ALFA,
    BLOCK,
    BLOCK_KEY,
    CONVERSION,
    FAQ,
    MATRIX,
    OFFERING,
    REGION,
    SITUATIONS,
    Change,
    Row,
    both,
    put,
)

BANDS = ("areas", 1, "blocks", 0, "bands")
BANDS_KEY = "areas[1].blocks[0].bands"
DAY_EXTRA = "questions/day-extra.yaml"
QUALITY = "quality.yaml"
DIVISION = "shared/municipalities.yaml"
LISTED = {"GM9001": "Zandhoek", "GM9002": "Helmdorp", "GM9004": "Elders"}
ELSEWHERE = {"GM9101": "Kadewijk", "GM9102": "Slootdam"}


def copy_of(file: str, name: str) -> Change:
    """A provider's file once more."""
    return lambda content: content.raw(f"{HOME}/providers/{name}.yaml", content.text(file))


def quality(**rule: object) -> Change:
    """Rules with one rule and one demand."""
    demand = {"part": "offering", "questions": ["what"], "least": rule.pop("demanded", "1"), "message": "Vul in."}
    whole = {
        "key": "a",
        "part": "offering",
        "check": "length",
        "questions": ["what"],
        "good": "x",
        "advice": "x",
        **rule,
    }
    return lambda content: content.write(
        QUALITY, {"minimum": {"demands": [demand]}, "rules": [{"least": "1", **whole}]}
    )


def listed(*changes: Change) -> Change:
    """The list of municipalities, and changes."""
    every = [{"code": code, "name": name, "province": "Zeeland"} for code, name in LISTED.items()]
    every += [{"code": code, "name": name, "province": "Flevoland"} for code, name in ELSEWHERE.items()]
    tree = {"day": "2026-01-01", "source": "CBS", "url": "https://www.example.nl/", "municipalities": every}

    def change(content: ContentFolder) -> None:
        content.write(DIVISION, tree)
        both(*changes)(content)

    return change


def place(name: str, code: str) -> dict[str, str]:
    """A municipality with all that it must have."""
    return {"slug": "zandhoek", "name": name, "code": code, "province": "Zeeland", "centre": "true"}


ROWS = [
    Row(
        "filter by a name that search uses itself",
        put("questions/offering.yaml", ("questions", 2, "key"), "soort"),
        "questions/offering.yaml",
        "key: soort",
        "questions[2].key",
        'Het zoeken gebruikt "soort" zelf al in zijn adres. Geef deze vraag een andere key.',
    ),
    Row(
        "band below zero",
        put(MATRIX, (*BANDS, 0, "low"), "-5"),
        MATRIX,
        "low: '-5'",
        f"{BANDS_KEY}[0].low",
        "0 of meer",
    ),
    Row(
        "bands that share numbers",
        put(MATRIX, (*BANDS, 1, "low"), "5"),
        MATRIX,
        "low: '5'",
        f"{BANDS_KEY}[1].low",
        "loopt tot en met 5, dus deze begint bij 6",
    ),
    Row(
        "bands of one name",
        put(MATRIX, (*BANDS, 1, "title"), "1 tot en met 5 Dagdelen"),
        MATRIX,
        "5 Dagdelen",
        f"{BANDS_KEY}[1].title",
        "niet uit elkaar houden",
    ),
    Row(
        "longest text of nothing",
        put(OFFERING, ("questions", 0, "max"), "0"),
        OFFERING,
        "max: '0'",
        "questions[0].max",
        "past geen antwoord",
    ),
    Row(
        "largest number below zero",
        put(DAY_EXTRA, ("questions", 0, "max"), "-3"),
        DAY_EXTRA,
        "max: '-3'",
        "questions[0].max",
        "0 of meer",
    ),
    Row(
        "smallest text",
        put(OFFERING, ("questions", 1, "min"), "3"),
        OFFERING,
        "min: '3'",
        "questions[1].min",
        "Alleen een getal",
    ),
    Row(
        "largest choice",
        put(OFFERING, ("questions", 2, "max"), "3"),
        OFFERING,
        "max: '3'",
        "questions[2].max",
        "Haal max weg",
    ),
    Row("points below one", quality(points="-3"), QUALITY, "points:", "rules[0].points", "Vul 1 of meer in"),
    Row(
        "at least more than at most",
        quality(least="9", most="8"),
        QUALITY,
        "most:",
        "rules[0].most",
        "most is kleiner dan least",
    ),
    Row(
        "more answers than questions",
        quality(demanded="2"),
        QUALITY,
        "least: '2'",
        "minimum.demands[0].least",
        "niemand kan hieraan voldoen",
    ),
    Row(
        "rule on a fact that isn't",
        quality(when={"block.colour": "x"}),
        QUALITY,
        "block.colour",
        "rules[0].when.block.colour",
        "geen voorwaarde",
    ),
    Row(
        "rule on a question that isn't",
        quality(when={"answer.colour": "x"}),
        QUALITY,
        "answer.colour",
        "rules[0].when.answer.colour",
        "geen vraag",
    ),
    Row(
        "rule on a fact that is yes or no",
        quality(when={"block.bands": "x"}),
        QUALITY,
        "block.bands",
        "rules[0].when.block.bands",
        "Kies uit: false, true",
    ),
    Row(
        "conversion that passes over a block",
        lambda content: content.drop(CONVERSION, ("steps", 1)),
        CONVERSION,
        "steps:",
        "steps",
        "Er staat niet wat er werd van: koffiegroep",
    ),
    Row(
        "font with a bracket",
        put(REGION, ("theme",), {"nl-font-family": "Arial ("}),
        REGION,
        "Arial (",
        "theme.nl-font-family",
        "zoals Verdana",
    ),
    Row(
        "font without a name",
        put(REGION, ("theme",), {"nl-font-family": "Arial,, serif"}),
        REGION,
        "Arial,",
        "theme.nl-font-family",
        "kan hier niet",
    ),
    Row(
        "rounding in words",
        put(REGION, ("theme",), {"wg-radius": "veel"}),
        REGION,
        "wg-radius",
        "theme.wg-radius",
        "zoals .4rem",
    ),
    Row(
        "length without a unit",
        put(REGION, ("theme",), {"wg-measure": "62"}),
        REGION,
        "wg-measure",
        "theme.wg-measure",
        "zoals 62ch",
    ),
    Row(
        "provider in two files",
        copy_of(ALFA, "beta-alfa"),
        f"{HOME}/providers/beta-alfa.yaml",
        "name: Alfa Thuis",
        "organisation.name",
        "staat ook in alfa-thuis.yaml",
    ),
    Row(
        "provider in two files, once without its number",
        both(
            copy_of(ALFA, "beta-alfa"),
            lambda content: content.drop(f"{HOME}/providers/beta-alfa.yaml", ("organisation", "kvk")),
        ),
        f"{HOME}/providers/beta-alfa.yaml",
        "name: Alfa Thuis",
        "organisation.name",
        "Voeg de twee samen",
    ),
    Row(
        "plain title of a block",
        put(MATRIX, ("areas", 1, "blocks", 1, "plain_title"), "Post en Papieren"),
        MATRIX,
        "Post en Papieren",
        "areas[1].blocks[1].plain_title",
        "eigen titel",
    ),
    Row(
        "label of an option",
        put(OFFERING, ("questions", 2, "options", 1, "label"), "Eén op één"),
        OFFERING,
        ("label: Eén op één", 2),
        "questions[2].options[1].label",
        "niet uit elkaar houden",
    ),
    Row(
        "words of an option in the guide",
        put(OFFERING, ("questions", 2, "options", 1, "page_label"), "Eén op één"),
        OFFERING,
        "page_label: Eén op één",
        "questions[2].options[1].page_label",
        "niet uit elkaar houden",
    ),
    Row(
        "label of yes and no",
        put(OFFERING, ("questions", 10, "options", 1, "label"), "Ja, geen nieuwe mensen"),
        OFFERING,
        ("Ja, geen nieuwe", 2),
        "questions[10].options[1].label",
        "Verander er één",
    ),
    Row(
        "title of a level",
        put(MATRIX, ("axes", 0, "levels", 1, "title"), "Licht"),
        MATRIX,
        ("title: Licht", 2),
        "axes[0].levels[1].title",
        "niet uit elkaar houden",
    ),
    Row(
        "title of an arrangement",
        put(MATRIX, (*BLOCK, "arrangements", 1, "title"), "Basispakket"),
        MATRIX,
        ("title: Basispakket", 2),
        f"{BLOCK_KEY}.arrangements[1].title",
        "niet uit elkaar",
    ),
    Row(
        "title of a situation",
        lambda content: content.put(
            SITUATIONS, ("situations", 1, "title"), content.tree(SITUATIONS)["situations"][0]["title"]
        ),
        SITUATIONS,
        ("  title:", 2),
        "situations[1].title",
        "niet uit elkaar",
    ),
    Row(
        "frequent question in other words",
        put(FAQ, ("questions", 1, "question"), "Hoe vraag ik hulp?"),
        FAQ,
        ("Hoe vraag ik hulp?", 2),
        "questions[1].question",
        "niet uit elkaar",
    ),
    Row(
        "title of a subject",
        put(REGION, ("subjects", 1, "title"), "Hulp aanvragen"),
        REGION,
        ("title: Hulp aanvragen", 2),
        "subjects[1].title",
        "niet uit elkaar",
    ),
    Row(
        "condition on an area that isn't",
        put(OFFERING, ("questions", 13, "when"), {"block.area": "tuin"}),
        OFFERING,
        "block.area: tuin",
        "questions[13].when.block.area",
        '"tuin" is geen resultaatgebied dat er is. Kies uit: overdag',
    ),
    Row(
        "condition on a block that isn't",
        put(OFFERING, ("questions", 3, "when"), {"block.slug": "tuin"}),
        OFFERING,
        "block.slug: tuin",
        "questions[3].when.block.slug",
        "geen bouwsteen",
    ),
    Row(
        "condition on an axis that isn't",
        put(OFFERING, ("questions", 3, "when"), {"block.axes": "true"}),
        OFFERING,
        "block.axes:",
        "questions[3].when.block.axes",
        "Kies uit: complexity, intensity",
    ),
    Row(
        "condition of a block's question on another block",
        put(MATRIX, ("areas", 1, "blocks", 1, "questions", 0, "when"), {"block.area": "wonen"}),
        MATRIX,
        "block.area: wonen",
        "areas[1].blocks[1].questions[0].when.block.area",
        "Kies uit: overdag",
    ),
    Row(
        "wrong item in the shortest list",
        put(MATRIX, ("sources",), ["Bad Key"]),
        MATRIX,
        "Bad Key",
        "sources[0]",
        "kan geen sleutel zijn",
    ),
    Row(
        "blank word among five",
        put(SITUATIONS, ("situations", 1, "everyday_words"), ["a", "b", "c", "d", ""]),
        SITUATIONS,
        "- ''",
        "situations[1].everyday_words[4]",
        "Vul de tekst in",
    ),
    Row(
        "slip in the only area",
        lambda content: content.drop(f"{HOME}/matrix/2020.yaml", ("areas", 0, "summary")),
        f"{HOME}/matrix/2020.yaml",
        "- slug: wonen",
        "areas[0].summary",
        "ontbreekt",
    ),
    Row(
        "no set for blocks",
        put(REGION, ("question_sets",), {"offering": []}),
        REGION,
        "offering: []",
        "question_sets.offering",
        "te kort",
    ),
    Row(
        "source that took the name of another",
        put(REGION, ("sources", 1, "key"), "besluit"),
        REGION,
        ("key: besluit", 2),
        "sources[1].key",
        "staat er twee keer",
    ),
    Row(
        "code that no municipality has",
        listed(put(REGION, ("municipalities", 0), place("Nergens", "GM9998"))),
        REGION,
        "code: GM9998",
        "municipalities[0].code",
        "staat niet in de lijst van het CBS (1 januari 2026",
    ),
    Row(
        "code with a slip",
        listed(put(REGION, ("municipalities", 0, "code"), "GM9998")),
        REGION,
        "GM9998",
        "municipalities[0].code",
        'Van "Zandhoek" is het GM9001',
    ),
    Row(
        "code of another municipality",
        listed(put(REGION, ("municipalities", 0, "code"), "GM9004")),
        REGION,
        "GM9004",
        "municipalities[0].code",
        "van een andere gemeente",
    ),
    Row(
        "province with a slip",
        listed(put(REGION, ("municipalities", 0, "province"), "Zeelandd")),
        REGION,
        "Zeelandd",
        "municipalities[0].province",
        'provincie "Zeeland"',
    ),
    Row(
        "province of a municipality that ended",
        listed(put(REGION, ("municipalities", 2, "province"), "Zeelandd")),
        REGION,
        "Zeelandd",
        "municipalities[2].province",
        "Kies uit: Flevoland, Zeeland",
    ),
    Row(
        "code twice in the list",
        listed(lambda content: content.put(DIVISION, ("municipalities", 1, "code"), "GM9001")),
        DIVISION,
        ("code: GM9001", 2),
        "municipalities[1].code",
        "staat er twee keer",
    ),
]
