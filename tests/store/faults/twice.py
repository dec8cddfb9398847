"""Names that stand twice."""

from __future__ import annotations

from typing import Any

from tests.store.faults.row import (
    ALFA,
    ANSWERS,
    ANSWERS_KEY,
    FACILITIES,
    FAQ,
    GAMMA,
    MATRIX,
    ORGANISATION,
    REGION,
    SITUATIONS,
    TERMS,
    Row,
    put,
)


def block(**changes: Any) -> dict[str, Any]:
    """A building block with all that it must have."""
    return {
        "slug": "tuin",
        "title": "Tuin",
        "plain_title": "Uw tuin",
        "icon": "material/flower",
        "summary": "Hulp in de tuin.",
        "everyday_words": ["tuin", "gras", "heg", "onkruid", "snoeien"],
        "sources": ["besluit"],
        **changes,
    }


def offering(**changes: Any) -> dict[str, Any]:
    """An offering with all that it must have."""
    answers = {
        "summary": "Wij helpen u.",
        "what": "Van alles.",
        "how": ["group"],
        "municipalities": ["zandhoek"],
        "transport": "own",
    }
    return {"edition": "2024", "block": "uit-logeren", "answers": answers, **changes}


ROWS = [
    Row(
        "source",
        put(REGION, ("sources", 2), {"key": "besluit", "title": "Twee", "date": "2024-01-01"}),
        REGION,
        ("key: besluit", 2),
        "sources[2].key",
        "staat er twee keer",
    ),
    Row(
        "municipality",
        put(
            REGION,
            ("municipalities", 3),
            {"slug": "zandhoek", "name": "Twee", "code": "GM9009", "province": "Zeeland"},
        ),
        REGION,
        ("slug: zandhoek", 2),
        "municipalities[3].slug",
        '"zandhoek" staat er twee keer',
    ),
    Row(
        "subject",
        put(REGION, ("subjects", 2), {"key": "contract", "title": "Twee", "audience": "provider"}),
        REGION,
        ("key: contract", 2),
        "subjects[2].key",
        "staat er twee keer",
    ),
    Row(
        "building block",
        put(MATRIX, ("areas", 0, "blocks", 1), block(slug="dag-buiten")),
        MATRIX,
        ("slug: dag-buiten", 2),
        "areas[1].blocks[0].slug",
        "staat er twee keer",
    ),
    Row(
        "axis",
        put(
            MATRIX,
            ("axes", 2),
            {"key": "intensity", "title": "x", "plain": "x", "levels": [{"key": "1", "title": "x", "plain": "x"}]},
        ),
        MATRIX,
        ("key: intensity", 2),
        "axes[2].key",
        "staat er twee keer",
    ),
    Row(
        "level",
        put(MATRIX, ("axes", 0, "levels", 2), {"key": "light", "title": "x", "plain": "x"}),
        MATRIX,
        ("key: light", 2),
        "axes[0].levels[2].key",
        "staat er twee keer",
    ),
    Row(
        "facility",
        put(
            FACILITIES,
            ("facilities", 2),
            {"slug": "buurtkamer", "name": "x", "icon": "material/home", "summary": "x", "how": "x"},
        ),
        FACILITIES,
        ("slug: buurtkamer", 2),
        "facilities[2].slug",
        "staat er twee keer",
    ),
    Row(
        "term",
        put(TERMS, ("terms", 1), {"slug": "duinpas", "term": "x", "plain": "x"}),
        TERMS,
        ("slug: duinpas", 2),
        "terms[1].slug",
        "staat er twee keer",
    ),
    Row(
        "frequent question",
        put(FAQ, ("questions", 1, "key"), "hoe-vraag-ik-hulp"),
        FAQ,
        ("key: hoe-vraag-ik-hulp", 2),
        "questions[1].key",
        "staat er twee keer",
    ),
    Row(
        "situation",
        put(SITUATIONS, ("situations", 1, "slug"), "stapel-post"),
        SITUATIONS,
        ("slug: stapel-post", 2),
        "situations[1].slug",
        "staat er twee keer",
    ),
    Row(
        "question",
        put(ORGANISATION, ("questions", 9), {"key": "kvk", "kind": "line", "label": "Nog eens"}),
        ORGANISATION,
        ("key: kvk", 2),
        "questions[9].key",
        "staat er twee keer",
    ),
    Row(
        "question of a block that its sets ask too",
        put(
            MATRIX, ("areas", 1, "blocks", 1, "questions", 1), {"key": "transport", "kind": "line", "label": "Vervoer?"}
        ),
        MATRIX,
        "key: transport",
        "areas[1].blocks[1].questions[1].key",
        "staat al in een vragenlijst",
    ),
    Row(
        "location",
        put(ALFA, ("locations", 1), {"key": "kantoor", "answers": {"name": "Twee", "municipality": "zandhoek"}}),
        ALFA,
        ("key: kantoor", 2),
        "locations[1].key",
        "staat er twee keer",
    ),
    Row(
        "offering of a block",
        put(GAMMA, ("offerings", 2), offering()),
        GAMMA,
        ("block: uit-logeren", 2),
        "offerings[2].block",
        "Voeg de twee samen",
    ),
    Row(
        "choice in an answer",
        put(ALFA, (*ANSWERS, "how"), ["remote", "remote"]),
        ALFA,
        ("- remote", 2),
        f"{ANSWERS_KEY}.how[1]",
        "staat er twee keer",
    ),
]
