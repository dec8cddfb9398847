"""Changing what stands in a YAML file, and nothing else in that file."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wmo_guide.store.article import amend_article, read_article
from wmo_guide.store.edit import amend
from wmo_guide.store.write import CommentError, dump
from wmo_guide.store.yaml_text import Tree, YamlTextError, read_tree

MOST_LINES = 3
"""A mapping between brackets is written anew, one key to a line."""
FILES = sorted(path for path in Path("content").rglob("*.yaml") if "providers" not in path.parts)
LIST = """\
# Who keeps this: the editors.
updated: 2026-01-01 # every month

questions:
  # Money
  - key: costs
    question: What does it cost?  # asked often
    answer: |
      Nineteen euros.

      A month.
    audience: [resident, provider]

  # About the first step, see the town's site.
  - key: first
    # the short one
    question: 'Where: do I begin?'
    answer: At the town hall.
    audience:
    - resident # them most of all
    - professional

  # Sections

  # The last one
  - key: last
    question: Why?
    answer: Because.
    audience: [resident]
# the end
"""

texts = st.text(alphabet=st.sampled_from("ab 1:#-'\"[]{}é€,&*!|>%@`\n"), max_size=30).map(
    lambda text: "\n".join(line.strip() for line in text.strip().split("\n"))
)
keys = st.sampled_from(["key", "slug", "title", "text", "words", "when"])
trees: st.SearchStrategy[Any] = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
documents = st.dictionaries(keys, trees, min_size=1, max_size=5)


def tree_of(text: str) -> Any:
    """A tree to change."""
    return copy.deepcopy(read_tree(text))


def remarked(draw: st.DrawFn, text: str) -> str:
    """The text with remarks and blank lines put between its lines, at any depth."""
    lines = text.split("\n")[:-1]
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(lines)))
        lines.insert(place, draw(st.sampled_from(["", "# remark", "  # remark", "      # remark"])))
    return "\n".join([*lines, ""])


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, Tree]:
    """A YAML text, and a tree that differs from what it says."""
    text = remarked(draw, dump(draw(documents), flow=draw(st.booleans())))
    try:
        tree = tree_of(text)
    except YamlTextError:
        text = dump(draw(documents))
        tree = tree_of(text)
    return text, draw(st.one_of(documents, st.just(_changed(draw, tree))))


def _changed(draw: st.DrawFn, tree: Any) -> Any:
    """The tree with one thing in it other, gone, new or elsewhere."""
    if isinstance(tree, dict) and tree and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(tree)))
        return {**tree, key: _changed(draw, tree[key])}
    if isinstance(tree, list) and tree:
        place = draw(st.integers(0, len(tree) - 1))
        rest = [*tree[:place], *tree[place + 1 :]]
        inner = [*tree[:place], _changed(draw, tree[place]), *tree[place + 1 :]]
        return draw(st.sampled_from([rest, [*rest, tree[place]], [tree[place], *rest], inner, [*tree, "new"]]))
    return draw(trees)


@settings(max_examples=400, deadline=None)
@given(changes())
def test_result_reads_as_wanted(change: tuple[str, Tree]) -> None:
    """Whatever changes in whatever file, the result reads as what was wanted, or the change is refused for a remark."""
    old, tree = change
    told: tuple[int, ...] = ()
    try:
        new = amend(old, tree)
    except CommentError as error:
        new, told = "", error.lines

    assert all("#" in old.splitlines()[line - 1] for line in told)
    assert told or read_tree(new) == tree


@pytest.mark.parametrize("file", FILES, ids=str)
def test_other_lines_stay(file: Path) -> None:
    """When one text of a shipped file changes, only the lines of that text change."""
    old = file.read_text(encoding="utf-8")
    for path in _leaves(read_tree(old))[:: max(1, len(_leaves(read_tree(old))) // 12)]:
        tree = tree_of(old)
        place = tree
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = "Something else"
        new = amend(old, tree)

        assert read_tree(new) == tree
        changed = _outside(old, new)
        assert "Something else" in changed[-1]
        assert len(changed) <= MOST_LINES


def _leaves(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(tree, str):
        return [path]
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    return [leaf for key, value in pairs for leaf in _leaves(value, (*path, key))]


def _outside(old: str, new: str) -> list[str]:
    """The lines of the new text between the lines that begin both texts and those that end both."""
    first, last = old.splitlines(), new.splitlines()
    while first and last and first[0] == last[0]:
        del first[0], last[0]
    while first and last and first[-1] == last[-1]:
        del first[-1], last[-1]
    return last


def test_text_in_its_line() -> None:
    """A text of one line is replaced between its key and the remark behind it."""
    tree = tree_of(LIST)
    tree["updated"] = "2026-02-02"
    tree["questions"][0]["question"] = "How much: is it?"

    new = amend(LIST, tree)

    assert "updated: 2026-02-02 # every month\n" in new
    assert "    question: 'How much: is it?'  # asked often\n" in new
    assert new.count("\n") == LIST.count("\n")


def test_lists_keep_their_look() -> None:
    """A list between brackets stays between them, and one with dashes keeps the lines of what stays."""
    tree = tree_of(LIST)
    tree["questions"][0]["audience"].append("professional")
    tree["questions"][1]["audience"].append("provider")

    new = amend(LIST, tree)

    assert "    audience: [resident, provider, professional]\n" in new
    assert "    - resident # them most of all\n    - professional\n    - provider\n" in new


def test_prose_of_more_lines() -> None:
    """A text that grows to several lines becomes a block of text, and the rest of its record stays."""
    tree = tree_of(LIST)
    tree["questions"][1]["answer"] = "One.\n\nTwo.\n"

    assert amend(LIST, tree) == LIST.replace(
        "    answer: At the town hall.\n", "    answer: |\n      One.\n\n      Two.\n"
    )


def test_item_comes_and_goes() -> None:
    """A new item stands between blank lines as the others do; taking it away again gives the old file back."""
    tree = tree_of(LIST)
    tree["questions"].insert(1, {"key": "new", "question": "Who?", "answer": "We.", "audience": ["resident"]})

    new = amend(LIST, tree)

    assert "\n\n  - key: new\n    question: Who?\n    answer: We.\n    audience:\n      - resident\n\n" in new
    assert amend(new, read_tree(LIST)) == LIST


def test_moved_item_takes_its_remark_along() -> None:
    """An item that moves keeps its own lines and the remark above it."""
    tree = tree_of(LIST)
    tree["questions"].insert(0, tree["questions"].pop(1))

    new = amend(LIST, tree)

    assert new.index("# About the first step") < new.index("key: first") < new.index("key: costs")
    assert sorted(new.splitlines()) == sorted(LIST.splitlines())


def test_heading_outlives_its_first_item() -> None:
    """A remark with a blank line below it stays when the item below it goes; the item's own remark goes along."""
    tree = tree_of(LIST)
    del tree["questions"][2]

    new = amend(LIST, tree)

    assert "# Sections" in new
    assert "# The last one" not in new


def test_key_comes_and_goes() -> None:
    """A new key stands behind the key it follows, and goes again without a trace."""
    tree = tree_of(LIST)
    tree["questions"][2] = {
        "key": "last",
        "question": "Why?",
        "short": "So.",
        "answer": "Because.",
        "audience": ["resident"],
    }

    new = amend(LIST, tree)

    assert "    question: Why?\n    short: So.\n    answer: Because.\n" in new
    assert amend(new, read_tree(LIST)) == LIST


def test_remark_inside_is_never_lost() -> None:
    """A change that would take a remark away is refused, and tells its line."""
    text = "words: [one, # the first\n  two]\n"

    with pytest.raises(CommentError) as refused:
        amend(text, {"words": ["three"]})

    assert refused.value.lines == (1,)


def test_record_between_braces() -> None:
    """A record on one line stays on one line, with the lists in it."""
    old = "terms:\n  - {slug: a, forms: [b, c], plain: D} # mine\n"

    new = amend(old, {"terms": [{"slug": "a", "forms": ["b"], "plain": "E: f"}]})

    assert new == "terms:\n  - {slug: a, forms: [b], plain: 'E: f'} # mine\n"


ARTICLE = """\
---
title: Costs # asked often
updated: 2026-01-01
---

It costs *nothing*.

---

More.
"""


def test_article_changes_in_its_place() -> None:
    """The keys of an article change line by line, and its text stays as it was unless it changed."""
    head, text = read_article(ARTICLE)
    assert isinstance(head, dict)

    new = amend_article(ARTICLE, {**head, "title": "Prices"}, text)
    other = amend_article(ARTICLE, head, "Nothing.\n")

    assert text == "It costs *nothing*.\n\n---\n\nMore."
    assert new == ARTICLE.replace("Costs", "Prices")
    assert other == "---\ntitle: Costs # asked often\nupdated: 2026-01-01\n---\n\nNothing.\n"


def test_new_article() -> None:
    """A new article has its keys between fences, and reads as it was written."""
    new = amend_article("", {"title": "A: b", "sources": ["c"]}, "\n## D\n\nE.")

    assert new == "---\ntitle: 'A: b'\nsources:\n  - c\n---\n\n## D\n\nE.\n"
    assert read_article(new) == ({"title": "A: b", "sources": ["c"]}, "## D\n\nE.")


def test_article_without_fences() -> None:
    """A Markdown file without keys is refused, as the press refuses it."""
    with pytest.raises(YamlTextError, match="Begin met een regel"):
        read_article("Just text.\n")


def test_file_without_anything() -> None:
    """An empty file, or an empty list, takes its first item."""
    assert read_tree(amend("", {"terms": [{"slug": "a"}]})) == {"terms": [{"slug": "a"}]}
    assert amend("# mine\nterms: [] # none yet\n", {"terms": ["a"]}) == "# mine\nterms: [a] # none yet\n"
    assert amend("# mine\nterms: []\n", {"terms": [{"slug": "a"}]}) == "# mine\nterms:\n  - slug: a\n"


def test_line_breaks_of_another_system() -> None:
    """New lines end as the lines of the file do."""
    text = LIST.replace("\n", "\r\n")
    tree = tree_of(text)
    tree["questions"].append({"key": "new"})

    new = amend(text, tree)

    assert read_tree(new) == tree
    assert not re.search(r"(?<!\r)\n", new)
