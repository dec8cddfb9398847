"""Files and articles that are not as they should be."""

from __future__ import annotations

import os

from tests.builders import HOME, ContentFolder
from tests.store.faults.row import BIDI, FACTSHEET, PAGE, Change, Row, add, raw, swap

PLAIN = "regions/veenpolder"
TAKEN = ("aanbieder", "assets", "beheer", "formulieren", "melden")


def pipe(file: str) -> Change:
    """Puts a named pipe under this name; whoever reads it waits for ever."""

    def change(content: ContentFolder) -> None:
        content.path(file).parent.mkdir(exist_ok=True)
        os.mkfifo(content.path(file))

    return change


def folder(file: str) -> Change:
    """Puts an empty folder under this name."""
    return lambda content: content.path(file).mkdir(parents=True)


def link(file: str, target: str) -> Change:
    """Puts a symbolic link under this name."""
    return lambda content: content.path(file).symlink_to(target)


NO_FILE = "Dit is geen gewoon bestand"

ROWS = [
    *(
        Row(
            f"region named {name}",
            raw(f"regions/{name}/region.yaml", "x: y"),
            f"regions/{name}",
            0,
            "",
            "van de site zelf",
        )
        for name in TAKEN
    ),
    *(
        Row(f"pipe for {file}", pipe(file), file, 0, "", NO_FILE)
        for file in (f"{HOME}/providers/pijp.yaml", f"{HOME}/matrix/pijp.yaml", f"{PLAIN}/news/pijp.md")
    ),
    *(
        Row(f"folder for {file}", folder(file), file, 0, "", NO_FILE)
        for file in (f"{HOME}/providers/map.yaml", "questions/map.yaml", f"{HOME}/pages/map.md")
    ),
    Row("pipe for a file that may be left out", pipe(f"{PLAIN}/terms.yaml"), f"{PLAIN}/terms.yaml", 0, "", NO_FILE),
    Row("folder for a file that may be left out", folder("quality.yaml"), "quality.yaml", 0, "", NO_FILE),
    Row(
        "link to nothing for a file that may be left out",
        link(f"{PLAIN}/terms.yaml", "weg.yaml"),
        f"{PLAIN}/terms.yaml",
        0,
        "",
        "kan niet gelezen worden",
    ),
    Row(
        "link to itself",
        link(f"{HOME}/providers/lus.yaml", "lus.yaml"),
        f"{HOME}/providers/lus.yaml",
        0,
        "",
        "kan niet gelezen worden",
    ),
    Row(
        "device",
        link(f"{HOME}/providers/nul.yaml", "/dev/zero"),
        f"{HOME}/providers/nul.yaml",
        0,
        "",
        "buiten deze map",
    ),
    Row("stray pipe", pipe(f"{HOME}/pijp"), f"{HOME}/pijp", 0, "", "niemand leest het"),
    Row(
        "link to a file elsewhere",
        link(f"{PLAIN}/terms.yaml", "/etc/hostname"),
        f"{PLAIN}/terms.yaml",
        0,
        "",
        "buiten deze map",
    ),
    Row("link to a folder elsewhere", link(f"{PLAIN}/news", "/etc"), f"{PLAIN}/news", 0, "", "buiten deze map"),
    Row("link to a region elsewhere", link("regions/elders", "/etc"), "regions/elders", 0, "", "buiten deze map"),
    Row("stray link to a folder", link(f"{HOME}/pages/map", ".."), f"{HOME}/pages/map", 0, "", "niemand leest het"),
    Row("stray link to nothing", link(f"{HOME}/weg", "nergens"), f"{HOME}/weg", 0, "", "niemand leest het"),
    Row("line of Markdown too long", add(PAGE, "a" * 2001 + "\n"), PAGE, "aaaa", "", "langer dan 2000 tekens"),
    Row("line of Markdown too deep", add(PAGE, " " * 41 + "- diep\n"), PAGE, "- diep", "", "springt te ver in"),
    Row(
        "file name",
        raw(f"{HOME}/providers/Alfa Twee.yaml", "x: y"),
        f"{HOME}/providers/Alfa Twee.yaml",
        0,
        "",
        "bestandsnaam",
    ),
    Row("file name that climbs", raw(f"{HOME}/news/..x.md", "x"), f"{HOME}/news/..x.md", 0, "", "bestandsnaam"),
    Row("folder name", raw("regions/Grote Regio/region.yaml", "x: y"), "regions/Grote Regio", 0, "", "deze map"),
    Row(
        "stray file",
        raw(f"{HOME}/provider/alfa.yaml", "x: y"),
        f"{HOME}/provider/alfa.yaml",
        0,
        "",
        "niemand leest het",
    ),
    Row(
        "stray ending",
        raw(f"{HOME}/providers/alfa.yml", "x: y"),
        f"{HOME}/providers/alfa.yml",
        0,
        "",
        "niemand leest het",
    ),
    Row(
        "folder without region",
        lambda content: content.remove("regions/veenpolder/region.yaml"),
        "regions/veenpolder/region.yaml",
        0,
        "",
        "kan niet gelezen",
    ),
    Row(
        "conversion between editions that aren't",
        raw(
            f"{HOME}/conversion/2010-to-2024.yaml",
            "updated: 2025-01-01\nsummary: x\nsources: [besluit]\nsteps:\n- {change: end, from: [a], note: x}\n",
        ),
        f"{HOME}/conversion/2010-to-2024.yaml",
        0,
        "",
        "Er zijn: 2020, 2024",
    ),
    Row("no front matter", raw(FACTSHEET, "Zoekt u een huis?\n"), FACTSHEET, 1, "", 'Begin met een regel "---"'),
    Row("front matter without end", raw(FACTSHEET, "---\ntitle: Huis\n"), FACTSHEET, 1, "", 'dan weer "---"'),
    Row(
        "unknown key in front matter",
        swap(FACTSHEET, "order:", "rank:"),
        FACTSHEET,
        "rank: 10",
        "rank",
        "bestaat hier niet",
    ),
    Row(
        "syntax error in front matter", swap(FACTSHEET, "title: Een", "title: Een: x"), FACTSHEET, 2, "", "dubbele punt"
    ),
    Row(
        "factsheet without source",
        swap(FACTSHEET, "sources: [besluit]\n", ""),
        FACTSHEET,
        "title:",
        "sources",
        "ontbreekt de bron",
    ),
    Row(
        "date in front matter",
        swap(FACTSHEET, "2025-12-01", "2025-13-01"),
        FACTSHEET,
        "2025-13-01",
        "updated",
        "geen datum",
    ),
    Row("article that is no UTF-8", add(PAGE, b"\xff\n"), PAGE, 12, "", "codering UTF-8"),
    Row("control character in an article", add(PAGE, "a\x07b\n"), PAGE, "a\x07b", "", "U+0007"),
    Row("bidi override in an article", add(PAGE, f"Goed {BIDI}tcelf\n"), PAGE, f"Goed {BIDI}tcelf", "", "U+202E"),
]
