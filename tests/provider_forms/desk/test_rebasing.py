"""A change is made to stand without the change that it was built on."""

from __future__ import annotations

import pytest

from provider_forms.desk.rebasing import rebased
from tests.builders import HOME, ContentFolder
from wmo_guide.store.yaml_text import read_tree

YAML, ARTICLE = "regions/x/providers/y.yaml", "regions/x/news/y.md"
HEAD = "---\ntitle: Bericht\nupdated: 2025-12-01\n---\n\n"

CASES = {
    "another answer": ("a: '1'\nb: '1'\n", "a: '2'\nb: '1'\n", "a: '2'\nb: '2'\n", "a: '1'\nb: '2'\n"),
    "the same answer": ("a: '1'\n", "a: '2'\n", "a: '3'\n", "a: '3'\n"),
    "a new answer": ("a: '1'\n", "a: '1'\nb: '1'\n", "a: '1'\nb: '1'\nc: '1'\n", "a: '1'\nc: '1'\n"),
    "an answer taken away": ("a: '1'\nb: '1'\n", "a: '2'\nb: '1'\n", "a: '2'\n", "a: '1'\n"),
    "items by key": (
        "list:\n- {key: x, a: '1'}\n- {key: y, a: '1'}\n",
        "list:\n- {key: x, a: '2'}\n- {key: y, a: '1'}\n",
        "list:\n- {key: x, a: '2'}\n- {key: y, a: '2'}\n- {key: z, a: '1'}\n",
        "list:\n- {key: x, a: '1'}\n- {key: y, a: '2'}\n- {key: z, a: '1'}\n",
    ),
    "an item that the first one added and the second changed": (
        "list:\n- {key: x, a: '1'}\n",
        "list:\n- {key: x, a: '1'}\n- {key: y, a: '1'}\n",
        "list:\n- {key: x, a: '1'}\n- {key: y, a: '2'}\n",
        "list:\n- {key: x, a: '1'}\n- {key: y, a: '2'}\n",
    ),
    "another order": (
        "list:\n- {key: x, a: '1'}\n- {key: y, a: '1'}\n",
        "list:\n- {key: x, a: '2'}\n- {key: y, a: '1'}\n",
        "list:\n- {key: y, a: '1'}\n- {key: x, a: '2'}\n",
        "list:\n- {key: y, a: '1'}\n- {key: x, a: '1'}\n",
    ),
    "items by edition and block": (
        "list:\n- {edition: '2024', block: x, a: '1'}\n",
        "list:\n- {edition: '2024', block: x, a: '2'}\n",
        "list:\n- {edition: '2024', block: x, a: '2'}\n- {edition: '2024', block: y, a: '1'}\n",
        "list:\n- {edition: '2024', block: x, a: '1'}\n- {edition: '2024', block: y, a: '1'}\n",
    ),
    "texts in a list": ("a: [x, y]\n", "a: [x, y, z]\n", "a: [y, z, q]\n", "a: [y, q]\n"),
    "paragraphs": (
        'a: "een\\n\\ntwee\\n\\ndrie"\n',
        'a: "EEN\\n\\ntwee\\n\\ndrie"\n',
        'a: "EEN\\n\\ntwee\\n\\nDRIE"\n',
        'a: "een\\n\\ntwee\\n\\nDRIE"\n',
    ),
}


@pytest.mark.parametrize(("base", "first", "second", "expected"), CASES.values(), ids=CASES)
def test_only_the_later_change_is_left(base: str, first: str, second: str, expected: str) -> None:
    """What the second change did to the first is done to what the first was made of, and nothing of the first is left."""
    text = rebased(YAML, first, second, base)

    assert text is not None
    assert read_tree(text) == read_tree(expected)
    assert list(read_tree(text)) == list(read_tree(expected))


def test_other_lines_and_remarks_of_the_file_stay() -> None:
    """The file is changed, not written anew: remarks and lines that the later change isn't about are the base's."""
    base = "# Bovenaan.\na: '1'  # bij a\nb: '1'\n"

    assert (
        rebased(
            YAML, base.replace("'1'  #", "'2'  #"), base.replace("a: '1'", "a: '2'").replace("b: '1'", "b: nu"), base
        )
        == "# Bovenaan.\na: '1'  # bij a\nb: nu\n"
    )


def test_articles_keep_keys_and_text_apart() -> None:
    """In an article the keys are joined one by one, and the text line by line."""
    first = HEAD.replace("Bericht", "Ander bericht") + "Een.\n\nTwee, met een fout.\n"
    second = first.replace("Een.", "Eerst.").replace("2025-12-01", "2026-01-15")

    assert rebased(ARTICLE, first, second, f"{HEAD}Een.\n\nTwee.\n") == (
        HEAD.replace("2025-12-01", "2026-01-15") + "Eerst.\n\nTwee.\n"
    )


@pytest.mark.parametrize(
    ("first", "second", "base", "expected"),
    [
        (None, None, "a: '1'\n", "a: '1'\n"),
        ("a: '1'\n", None, "a: '0'\n", None),
        ("a: '1'\n", "a: '2'\n", None, "a: '2'\n"),
        ("a: '1'\n", "a: '1'\n", None, None),
        (None, "a: '2'\n", "a: '0'\n", "a: '2'\n"),
    ],
)
def test_files_that_come_and_go(first: str | None, second: str | None, base: str | None, expected: str | None) -> None:
    """A file that the later change removed or made is removed or made; one that it left alone is as the base has it."""
    assert rebased(YAML, first, second, base) == expected


def test_what_cannot_be_read_is_joined_by_lines() -> None:
    """Without YAML as we accept it, lines that only the later change touched are its, and the others the base's."""
    assert rebased(YAML, "a: [\nx\ny\nz\n", "a: [\nx\ny\nZ\n", "a: ]\nx\ny\nz\n") == "a: ]\nx\ny\nZ\n"


def test_every_file_of_the_sample_survives(sample: ContentFolder) -> None:
    """Taking back a change of nothing gives the later change, byte for byte, for every file there is."""
    files = [path for path in sample.root.rglob("*") if path.suffix in (".yaml", ".md") and HOME in path.as_posix()]
    texts = [path.read_text(encoding="utf-8") for path in files]

    assert len(texts) > 10
    assert [rebased(path.name, text, text, text) for path, text in zip(files, texts, strict=True)] == texts
