"""Words for search that search can't use."""

from __future__ import annotations

from tests.store.faults.row import Row, drop, put

SEARCH_WORDS = "shared/search-words.yaml"

ROWS = [
    Row(
        "word with a space",
        put(SEARCH_WORDS, ("alike", 0, "words", 1), "even vrij"),
        SEARCH_WORDS,
        "- even vrij",
        "alike[0].words[1]",
        '"even vrij" is niet één woord. Gebruik alleen letters en cijfers, zonder spatie of streepje.',
    ),
    Row(
        "word with a hyphen",
        put(SEARCH_WORDS, ("urgent", 1), "zelf-moord"),
        SEARCH_WORDS,
        "- zelf-moord",
        "urgent[1]",
        '"zelf-moord" is niet één woord',
    ),
    Row(
        "empty word",
        put(SEARCH_WORDS, ("parts", 0), ""),
        SEARCH_WORDS,
        "- ''",
        "parts[0]",
        "Hier staat niets",
    ),
    Row(
        "group of one word",
        put(SEARCH_WORDS, ("alike", 1, "words"), ["post"]),
        SEARCH_WORDS,
        ("words:", 2),
        "alike[1].words",
        "Er horen er minstens 2 in te staan",
    ),
    Row(
        "group without words",
        drop(SEARCH_WORDS, ("alike", 0, "words")),
        SEARCH_WORDS,
        "- told_by:",
        "alike[0].words",
        "words",
    ),
    Row(
        "word twice in a list",
        put(SEARCH_WORDS, ("skipped", 3), "Het"),
        SEARCH_WORDS,
        "- Het",
        "skipped[3]",
        '"Het" staat er twee keer. Laat er één staan',
    ),
    Row(
        "word that leads to itself",
        put(SEARCH_WORDS, ("alike", 0, "told_by", 1), "Oppas"),
        SEARCH_WORDS,
        "- Oppas",
        "alike[0].told_by[1]",
        '"Oppas" staat er twee keer',
    ),
    Row(
        "part that is skipped",
        put(SEARCH_WORDS, ("parts", 2), "Mijn"),
        SEARCH_WORDS,
        "- Mijn",
        "parts[2]",
        '"Mijn" staat ook onder skipped, dus niemand zoekt ermee. Haal het ergens weg',
    ),
    Row(
        "word of a group that is skipped",
        put(SEARCH_WORDS, ("alike", 1, "told_by"), ["het"]),
        SEARCH_WORDS,
        ("- het", 2),
        "alike[1].told_by[0]",
        "staat ook onder skipped",
    ),
    Row(
        "unknown key",
        put(SEARCH_WORDS, ("alike", 0, "word"), ["x"]),
        SEARCH_WORDS,
        "word:",
        "alike[0].word",
        'Bedoelde u "words"?',
    ),
    Row(
        "search words of tomorrow",
        put(SEARCH_WORDS, ("updated",), "2026-01-16"),
        SEARCH_WORDS,
        "updated:",
        "updated",
        "moet nog komen",
    ),
]
