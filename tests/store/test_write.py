"""YAML as the store writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_guide.store.write import CommentError, dump, in_order, rewrite, write_whole
from wmo_guide.store.yaml_text import Tree, read_tree

PROVIDER_FILES = sorted((Path(__file__).parents[2] / "content" / "regions").glob("*/providers/*.yaml"))
HOSTILE = [
    "no",
    "0123",
    "1_000",
    "1e3",
    "0x1F",
    "12:30:45",
    "2026-11-22",
    "true",
    "True",
    "null",
    "~",
    "=",
    "<<",
    "- item",
    "key: value",
    "# remark",
    "a # b",
    "*alias",
    "&anchor",
    "!!python/object:os.system",
    "%YAML 1.1",
    "---",
    "...",
    "'",
    '"',
    "{{ 7*7 }}",
    "{a: b}",
    "[a]",
    "| block",
    "> folded",
    "? key",
    "@at",
    "`tick`",
    "a\\nb",
    "a: b\nc: d",
    "one\n\ntwo",
    "one\n  indented\ntwo",
    "\u00e9\u00eb \U0001f600 \u05d0\u05d1",
    "\u00a0",
    "x" * 3000,
    "two  spaces  inside",
    "ends with colon:",
]
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff"),
        min_size=1,
    ),
    st.lists(st.text("ab :#-'\"|>\u00e9", min_size=1), min_size=2).map("\n".join),
)
TREES = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True),
    st.recursive(
        TEXTS,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4),
            st.dictionaries(st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True), inner, min_size=1, max_size=4),
        ),
        max_leaves=8,
    ),
    min_size=1,
)


@given(TREES)
def test_what_is_written_is_read_back(tree: dict[str, Tree]) -> None:
    """Any texts, lists and mappings come back exactly as they were, in the same order."""
    back = read_tree(dump(tree))

    assert back == tree
    assert list(back) == list(tree)


@given(TREES)
def test_writing_is_stable(tree: dict[str, Tree]) -> None:
    """What was written, read and written again is the same text, so that a file doesn't change by itself."""
    text = dump(tree)

    assert dump(read_tree(text)) == text


@pytest.mark.parametrize("path", PROVIDER_FILES, ids=lambda path: path.stem)
def test_a_rewritten_file_holds_the_same(path: Path) -> None:
    """Each provider file of the guide, written anew, holds exactly what it held, in the same order."""
    old = path.read_text(encoding="utf-8")
    tree = read_tree(old)
    back = read_tree(rewrite(old, tree))

    assert back == tree
    assert repr(back) == repr(tree)


def test_provider_files_were_found() -> None:
    """There are provider files to write anew."""
    assert len(PROVIDER_FILES) > 10


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    """A text that looks like YAML, a date, a number or a template comes back as that text."""
    assert read_tree(dump({"answer": text, "list": [text]})) == {"answer": text, "list": [text]}


def test_paragraphs_are_a_block() -> None:
    """A text of several lines is written as a block that a person can read."""
    assert dump({"description": "Een.\n\nTwee."}) == "description: |-\n  Een.\n\n  Twee.\n"


def test_lists_are_indented_and_days_are_plain() -> None:
    """Lists under a key are indented, and days and flags stand there without quotes."""
    assert dump({"example": "true", "on": ["2026-01-15", "a"]}) == "example: true\n'on':\n  - 2026-01-15\n  - a\n"


def test_remarks_at_the_top_stay() -> None:
    """Remarks and blank lines above the first key stay where they are when a file is written anew."""
    assert rewrite("# Van de redactie\n\n# Let op\na: b\n", {"a": "c"}) == "# Van de redactie\n\n# Let op\na: c\n"


@pytest.mark.parametrize(
    ("old", "line"), [("a: b # waarom\n", 1), ("a: b\n# onderaan\n", 2), ("a:\n  # binnen\n  b: c\n", 2)]
)
def test_other_remarks_are_refused(old: str, line: int) -> None:
    """A file with remarks between its keys isn't written, and the refusal tells on which lines they stand."""
    with pytest.raises(CommentError, match=f"regel {line}") as caught:
        rewrite(old, {"a": "c"})

    assert caught.value.lines == (line,)


@pytest.mark.parametrize(
    "old", ["a: 'b # c'\n", 'a: "b # c"\n', "a: |\n  # b\n", "a: b#c\n", "a: >\n  b\n  # c\n", "a: 'b\n\n  # c'\n"]
)
def test_a_hash_in_a_text_is_no_remark(old: str) -> None:
    """A # inside a quoted text, a block or a word isn't taken for a remark."""
    assert rewrite(old, {"a": "b"}) == "a: b\n"


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """A text is put into a file, new or old, in folders that are made when needed, and nothing else is left."""
    path = tmp_path / "new" / "file.yaml"
    write_whole(path, "één\n")
    write_whole(path, "twee\n")

    assert path.read_text(encoding="utf-8") == "twee\n"
    assert [one.name for one in path.parent.iterdir()] == ["file.yaml"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """When writing fails the file is as it was, and no half file is left beside it."""
    path = tmp_path / "file.yaml"
    write_whole(path, "oud\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")

    assert path.read_text(encoding="utf-8") == "oud\n"
    assert [one.name for one in tmp_path.iterdir()] == ["file.yaml"]


def test_keys_are_put_in_order() -> None:
    """Keys come in the given order, unknown ones last as they stood."""
    assert list(in_order({"z": 1, "b": 2, "y": 3, "a": 4}, ("a", "b", "c"))) == ["a", "b", "z", "y"]
