"""Files and articles that are not as they should be."""

from __future__ import annotations

from tests.builders import HOME
from tests.store.faults.row import BIDI, FACTSHEET, PAGE, Row, add, raw, swap

ROWS = [
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
