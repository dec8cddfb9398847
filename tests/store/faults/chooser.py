"""Questions to choose by that go nowhere, or nobody can answer."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise

from tests.builders import HOME, ContentFolder
from tests.store.faults.row import Change, Row, both, drop, put

CHOOSER = f"{HOME}/chooser.yaml"
FIRST = ("questions", 0, "options")
SECOND = ("questions", 1, "options")


def _chain(number: int) -> Change:
    """As many questions, each asked after the one before."""

    def change(content: ContentFolder) -> None:
        tree = content.tree(CHOOSER)
        first, last = tree["questions"]
        between = [
            {
                **last,
                "key": f"vraag-{place}",
                "question": f"Vraag {place}?",
                "options": deepcopy(last["options"]),
            }
            for place in range(2, number)
        ]
        for one, after in zip([first, *between], [*between, last], strict=True):
            one["options"][0]["next"] = after["key"]
        content.write(CHOOSER, {**tree, "questions": [first, *between, last]})

    return change


def _widened(content: ContentFolder) -> None:
    """Four questions of five answers, each of which leads on: 781 pages."""
    options = [{"slug": f"a{one}", "label": f"Antwoord {one}", "icon": "material/coffee"} for one in range(5)]
    keys = ["waarbij", "tweede", "derde", "vierde"]
    questions = [
        {"key": key, "question": f"Vraag {key}?", "options": [{**one, "next": after} for one in options]}
        for key, after in pairwise(keys)
    ]
    last = {"key": keys[-1], "question": "Laatste?", "options": [{**one, "blocks": ["dag-buiten"]} for one in options]}
    content.put(CHOOSER, ("questions",), [*questions, last])


ROWS = [
    Row(
        "one answer only",
        put(CHOOSER, SECOND, [{"slug": "a", "label": "A", "icon": "material/coffee", "blocks": ["dag-buiten"]}]),
        CHOOSER,
        ("options:", 2),
        "questions[1].options",
        "Er horen er minstens 2 in te staan",
    ),
    Row(
        "too many answers",
        put(
            CHOOSER,
            SECOND,
            [
                {"slug": f"a{one}", "label": f"A{one}", "icon": "material/coffee", "blocks": ["dag-buiten"]}
                for one in range(8)
            ],
        ),
        CHOOSER,
        ("options:", 2),
        "questions[1].options",
        "Dit zijn 8 antwoorden. Geef er hoogstens 7",
    ),
    Row(
        "question twice",
        put(CHOOSER, ("questions", 1, "key"), "waarbij"),
        CHOOSER,
        ("key: waarbij", 2),
        "questions[1].key",
        '"waarbij" staat er twee keer',
    ),
    Row(
        "two questions that read the same",
        put(CHOOSER, ("questions", 1, "question"), "Waar hebt u hulp bij nodig?"),
        CHOOSER,
        ("Waar hebt u hulp bij nodig?", 2),
        "questions[1].question",
        "Verander er één",
    ),
    Row(
        "answer twice",
        put(CHOOSER, (*SECOND, 1, "slug"), "een-keer"),
        CHOOSER,
        ("slug: een-keer", 2),
        "questions[1].options[1].slug",
        '"een-keer" staat er twee keer',
    ),
    Row(
        "two answers that read the same",
        put(CHOOSER, (*SECOND, 1, "label"), "eén keer"),
        CHOOSER,
        "label: eén keer",
        "questions[1].options[1].label",
        "kan ze niet uit elkaar houden",
    ),
    Row(
        "next question that isn't there",
        put(CHOOSER, (*FIRST, 0, "next"), "hoe-veel"),
        CHOOSER,
        "next: hoe-veel",
        "questions[0].options[0].next",
        '"hoe-veel" is geen vraag die er is. Kies uit: hoeveel, waarbij.',
    ),
    Row(
        "answer that leads nowhere",
        drop(CHOOSER, (*SECOND, 0, "facilities")),
        CHOOSER,
        "slug: een-keer",
        "questions[1].options[0]",
        "Achter dit antwoord staat niets.",
    ),
    Row(
        "answer back to its own question",
        put(CHOOSER, (*SECOND, 0, "next"), "hoeveel"),
        CHOOSER,
        ("next: hoeveel", 2),
        "questions[1].options[0].next",
        'Zo komt "hoeveel" nog eens langs',
    ),
    Row(
        "answer back to the first question",
        put(CHOOSER, (*SECOND, 1, "next"), "waarbij"),
        CHOOSER,
        "next: waarbij",
        "questions[1].options[1].next",
        'Zo komt "waarbij" nog eens langs',
    ),
    Row(
        "question that nobody comes to",
        both(put(CHOOSER, (*FIRST, 0, "blocks"), ["dag-buiten"]), drop(CHOOSER, (*FIRST, 0, "next"))),
        CHOOSER,
        "key: hoeveel",
        "questions[1].key",
        'Geen antwoord leidt naar "hoeveel".',
    ),
    Row(
        "six questions in a row",
        _chain(6),
        CHOOSER,
        "key: hoeveel",
        "questions[5].key",
        "Stel er hoogstens 5 achter elkaar.",
    ),
    Row(
        "too many ways",
        _widened,
        CHOOSER,
        "questions:",
        "questions",
        "Deze vragen geven samen 781 pagina's. Maak er hoogstens 500 van",
    ),
    Row(
        "situation that isn't there",
        put(CHOOSER, (*SECOND, 1, "situations"), ["stapel"]),
        CHOOSER,
        "- stapel",
        "questions[1].options[1].situations[0]",
        '"stapel" is geen situatie die er is.',
    ),
    Row(
        "block that isn't there",
        put(CHOOSER, (*SECOND, 1, "blocks"), ["post"]),
        CHOOSER,
        "- post",
        "questions[1].options[1].blocks[0]",
        '"post" is geen bouwsteen die er is.',
    ),
    Row(
        "provision that isn't there",
        put(CHOOSER, (*SECOND, 0, "facilities"), ["papier"]),
        CHOOSER,
        "- papier",
        "questions[1].options[0].facilities[0]",
        '"papier" is geen voorziening die er is.',
    ),
]
