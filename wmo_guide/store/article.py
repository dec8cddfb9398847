"""Markdown files with keys above the text: read apart, and put together with nothing changed but what changed."""

from __future__ import annotations

import re

from wmo_guide.store.edit import UNFOLDED, amend
from wmo_guide.store.reader import FENCE
from wmo_guide.store.write import dump
from wmo_guide.store.yaml_text import Tree, YamlTextError, read_tree

_FENCE = re.compile(r"^---\r?\n", re.MULTILINE)


def amend_article(old: str, head: dict[str, Tree], markdown: str) -> str:
    """The text of a Markdown file with these keys between its fences, and this text below them. Raises as `amend` does."""
    fences = list(_FENCE.finditer(old))
    if len(fences) < len(("above", "below")):
        return f"{FENCE}\n{dump(head, width=UNFOLDED)}{FENCE}\n\n{markdown.strip()}\n"
    above, below = fences[:2]
    newline = "\r\n" if "\r\n" in old else "\n"
    text = old[below.end() :]
    if text.replace("\r\n", "\n").strip() != markdown.strip():
        text = f"\n{markdown.strip()}\n".replace("\n", newline)
    return (
        f"{old[: above.end()]}{amend(old[above.end() : below.start()], head)}{old[below.start() : below.end()]}{text}"
    )


def read_article(text: str) -> tuple[Tree, str]:
    """The keys and the Markdown of an article's file. Raises YamlTextError."""
    fences = list(_FENCE.finditer(text))
    if len(fences) < len(("above", "below")):
        raise YamlTextError('Begin met een regel "---", dan de sleutels, dan weer "---", dan de tekst.', 1)
    above, below = fences[:2]
    return read_tree(text[above.end() : below.start()]), text[below.end() :].replace("\r\n", "\n").strip()
