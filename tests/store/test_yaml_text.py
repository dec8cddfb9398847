"""YAML that anybody may have written comes out as texts, lists and mappings, or is refused with a line."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wmo_guide.domain.findings import KeyPath
from wmo_guide.store import yaml_text
from wmo_guide.store.yaml_events import OddError, tree_of
from wmo_guide.store.yaml_text import LOADER, MAX_BYTES, Tree, YamlTextError, decode, read_lines, read_tree

# PyYAML writes U+0085 as it is, and YAML reads it as a line end; content refuses it in any text.
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x85"), max_size=30)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)


def _walk(tree: Tree, path: KeyPath = ()) -> list[KeyPath]:
    inner: list[tuple[str | int, Tree]] = []
    if isinstance(tree, dict):
        inner = list(tree.items())
    elif isinstance(tree, list):
        inner = list(enumerate(tree))
    return [path, *(found for key, value in inner for found in _walk(value, (*path, key)))]


@given(TREES)
def test_dumped_texts_come_back(tree: Tree) -> None:
    """What PyYAML dumps of texts, lists and mappings is read back as it was."""
    assert read_tree(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)) == tree


@given(TREES)
def test_json_like_yaml_comes_back(tree: Tree) -> None:
    """The same tree in flow style and pure ASCII is read back as it was."""
    assert read_tree(yaml.safe_dump(tree, default_flow_style=True)) == tree


@given(TREES)
def test_each_value_has_a_line(tree: Tree) -> None:
    """read_lines knows the line of each list, mapping and text that read_tree gives, and no other."""
    text = yaml.safe_dump(tree, allow_unicode=True)

    lines = read_lines(text)

    assert set(lines) == set(_walk(tree))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=8))
def test_lines_count_from_one(words: list[str]) -> None:
    """The line of the nth item of a list is n."""
    lines = read_lines("".join(f"- {word}\n" for word in words))

    assert [lines[index,] for index in range(len(words))] == list(range(1, len(words) + 1))


def test_lines_of_nested_values() -> None:
    """A mapping's value has its key's line, a list's item the line of its dash."""
    text = "# head\na: one\nb:\n  - x\n  -\n    c: |\n      two\n      lines\n    d: [p,\n        q]\ne: 1\n"

    assert read_lines(text) == {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 1): 6,
        ("b", 1, "c"): 6,
        ("b", 1, "d"): 9,
        ("b", 1, "d", 0): 9,
        ("b", 1, "d", 1): 10,
        ("e",): 11,
    }


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "N",
        "true",
        "0123",
        "0o17",
        "0x1F",
        "12:30",
        "1_000",
        "2024-01-01",
        "~",
        "null",
        ".inf",
        "1e3",
        "<<",
        "=",
    ],
)
def test_words_of_yaml_1_1_stay_text(word: str) -> None:
    """Words that YAML 1.1 would turn into something else stay what was typed, as value and as key."""
    assert read_tree(f"a: {word}\n") == {"a": word}
    assert read_tree(f"{word}: a\n") == {word: "a"}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "---\n...\n", "\n\n"])
def test_nothing_is_an_empty_text(text: str) -> None:
    """A document without content is the empty text."""
    assert read_tree(text) == ""


def test_empty_value_is_an_empty_text() -> None:
    """A key without value has the empty text, as a browser would post."""
    assert read_tree("a:\nb: ''\n") == {"a": "", "b": ""}


def test_byte_order_mark_and_windows_lines_are_no_content() -> None:
    """A BOM is dropped and CRLF reads as a line end."""
    text = decode(b"\xef\xbb\xbfa: x\r\nb: |\r\n  one\r\n  two\r\n")

    assert read_tree(text) == {"a": "x", "b": "one\ntwo\n"}
    assert read_lines(text) == {(): 1, ("a",): 1, ("b",): 2}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: &x 2\n", 2, "anker"),
        ("a: &x [1]\nb: *x\n", 1, "anker"),
        ("a:\n  - *x\n", 2, "verwijzing"),
        ("a: 1\n*x : 2\n", 2, "verwijzing"),
        ("a: !!int 3\n", 1, "uitroepteken"),
        ("a: 1\nb: !x {c: d}\n", 2, "uitroepteken"),
        ("- 1\n- !!python/object/apply:os.system [ls]\n", 2, "uitroepteken"),
        ("a: 1\nb: 2\na: 3\n", 3, "staat hier twee keer"),
        ("a: {b: 1,\n b: 2}\n", 2, "staat hier twee keer"),
        ("? {a: b}\n: c\n", 1, "Een sleutel moet"),
        ("a: 1\n--- \nb: 2\n", 2, "tweede document"),
        ("a:\n\tb: 1\n", 2, "Spring in met spaties"),
        ("a:\n  - b\n\t- c\n", 3, "Spring in met spaties"),
        ("a: b: c\n", 1, "dubbele punt"),
        ("a: 1\nb\nc: 2\n", 3, "dubbele punt"),
        ("a: [1, 2\n", 2, "geen geldige YAML"),
        ("a: 'open\n", 1, "nergens sluit"),
        ('a: b\nc: "open\nd: e\n', 2, "nergens sluit"),
        ("a: 1\n- b\n", 2, "geen geldige YAML"),
        ('a: "\\q"\n', 1, "geen geldige YAML"),
        ('a: "\\ud800"\n', 1, "geen geldige YAML"),
        ("a: @b\n", 1, "geen geldige YAML"),
        ("%YAML 3.0\n---\na: b\n", 1, "geen geldige YAML"),
    ],
)
def test_refused_yaml_is_told_by_line(text: str, line: int, says: str) -> None:
    """Anchors, aliases, tags, doubles, tabs and broken syntax are refused on the right line."""
    with pytest.raises(YamlTextError) as refused:
        read_tree(text)

    assert refused.value.line == line
    assert says in refused.value.message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "a: [", "[{a: "])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    """A mebibyte of openings is refused within a second, not followed down."""
    text = opening * (MAX_BYTES // len(opening))
    begin = time.process_time()

    with pytest.raises(YamlTextError):
        read_tree(text)

    assert time.process_time() - begin < 1


def test_nesting_that_content_needs_is_read() -> None:
    """Twenty levels are read; a matrix needs ten."""
    assert read_tree("[" * 20 + "]" * 20) != []


def test_billion_laughs_are_refused_at_the_first_anchor() -> None:
    """Nothing is unfolded: the first anchor ends it."""
    with pytest.raises(YamlTextError, match="anker") as refused:
        read_tree("x: y\na: &a [lol,lol]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n")

    assert refused.value.line == 2


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"a" * (MAX_BYTES + 1), 0, "1 MiB"),
        (b"a: 1\nb: caf\xe9\n", 2, "UTF-8"),
        (b"a: 1\nb: \xed\xa0\x80\n", 2, "UTF-8"),
        (b"\xff\xfea\x00", 1, "UTF-8"),
        (b"a: 1\n\nb: \x00\n", 3, "U+0000"),
        (b"a: 1\nb: \x1b[31m\n", 2, "U+001B"),
        (b"a: \xc2\x80\n", 1, "U+0080"),
        ("a: \uffff\n".encode(), 1, "U+FFFF"),
    ],
)
def test_bytes_that_are_no_clean_text_are_told_by_line(data: bytes, line: int, says: str) -> None:
    """Files that are too large, no UTF-8, or hold control characters are refused on the right line."""
    with pytest.raises(YamlTextError) as refused:
        decode(data)

    assert refused.value.line == line
    assert says in refused.value.message


def test_largest_file_is_read() -> None:
    """A file of exactly 1 MiB is not too large."""
    assert len(decode(b"a" * MAX_BYTES)) == MAX_BYTES


@given(st.binary(max_size=200))
def test_any_bytes_give_a_tree_or_a_refusal(data: bytes) -> None:
    """Whatever stands in a file, reading it gives a tree or a YamlTextError, never another error."""
    with suppress(YamlTextError):
        assert isinstance(read_tree(decode(data)), str | list | dict)


@given(st.text(alphabet=st.sampled_from("ab:-?[]{},&*!|>'\"%@`#\\ \t\n~<="), max_size=60))
def test_any_signs_give_a_tree_or_a_refusal(text: str) -> None:
    """Whatever signs of YAML stand in a row, reading them gives a tree or a YamlTextError."""
    with suppress(YamlTextError):
        assert set(read_lines(text)) <= set(_walk(read_tree(text)))


def _too_odd(*_: object) -> Tree:
    raise OddError


def _carefully(text: str) -> Tree | None:
    """What the careful walk reads; None when it refuses."""
    with pytest.MonkeyPatch.context() as patched, suppress(YamlTextError):
        patched.setattr(yaml_text, "tree_of", _too_odd)
        return read_tree(text)
    return None


@given(st.text(alphabet=st.sampled_from("ab:-?[]{},&*!|>'\"#\\ \n~"), max_size=40) | TREES.map(yaml.safe_dump))
def test_quick_walk_takes_nothing_that_the_careful_one_refuses(text: str) -> None:
    """Files are read by the quick walk as the careful one would read them, and it refuses all that that one refuses."""
    quick = None
    with suppress(YamlTextError):
        quick = read_tree(text)

    assert quick == _carefully(text)


@pytest.mark.parametrize("text", ["a: &x b", "a: !!str b", "a: b\na: c", "a: [*x]", "a\n---\nb", "", "? [a]\n: b"])
def test_quick_walk_leaves_what_is_odd(text: str) -> None:
    """Anchors, kinds, keys that stand twice, references, second documents, nothing and lists as keys are not for it."""
    loader = LOADER(text)
    with pytest.raises(OddError):
        tree_of(loader.get_event, 24)
    loader.dispose()


@pytest.mark.parametrize("text", ["a: \ud800", "\udfff: a", "# \ud912\na: b"])
def test_lone_surrogates_are_refused(text: str) -> None:
    """Half characters, which no file can hold but a program could pass, are refused like other bad text."""
    with pytest.raises(YamlTextError):
        read_tree(text)
