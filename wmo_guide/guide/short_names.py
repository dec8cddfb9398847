"""Names of a script's own, made short: sources have them for who reads, a phone only fetches them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, product
from string import ascii_letters

_TOKEN = re.compile(
    r'"(?:\\.|[^"\\])*"'  # a text
    r"|(?<=[=(,:!&|?])/(?:\\.|\[(?:\\.|[^]\\])*\]|[^/\\\n])+/\w*"  # a pattern, for a division stands behind a value
    r"|(?:(?<=\.\.\.)|(?<![\w.$]))[A-Za-z_]\w*"  # a name that is no property of something
)
_DECLARED = re.compile(
    r"\b(?:function|let|const) (\w+)|\b(\w+)=>|(?<!\bif)(?<!\bwhile)(?<!\bswitch)\((\w[\w,]*)\)(?:=>|\{)"
)
_PROPERTY = re.compile(r"(?<!\.)\.(\w+)|[{,](\w+):|\{(\w+(?:,\w+)*)\}")
"""Of something, or of something that is written down or taken apart: { name: 1 }, { one, other }."""
_WORD = re.compile(r"\w+")
_LEAST = 3


def with_short_names(script: str) -> str:
    """The script, without blanks around its signs, with a short name for each that it declares and never uses for a property.

    A name is the same everywhere, so it may not be declared in one function and be the browser's own in another.
    """
    tokens = Counter(found[0] for found in _TOKEN.finditer(script))
    kept = set(_words(_PROPERTY, script))
    own = {name for name in _words(_DECLARED, script) if len(name) >= _LEAST and name not in kept}
    often = sorted(own, key=lambda name: (-tokens[name], name))
    short = dict(zip(often, _free(set(_WORD.findall(script))), strict=False))
    return _TOKEN.sub(lambda found: short.get(found[0], found[0]), script)


def _words(pattern: re.Pattern[str], script: str) -> Iterator[str]:
    for found in pattern.finditer(script):
        yield from (name for group in found.groups("") for name in group.split(",") if name)


def _free(taken: set[str]) -> Iterator[str]:
    """Short names that stand nowhere, the shortest first; all words of the language are longer than two letters but for a few."""
    words = {"do", "if", "in", "of", "as"}
    names = ("".join(letters) for length in count(1) for letters in product(ascii_letters, repeat=length))
    return (name for name in names if name not in taken and name not in words)
