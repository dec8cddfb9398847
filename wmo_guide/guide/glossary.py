"""Words of the field, explained where they first appear on a page.

The first time a page uses such a word, it becomes a link to a box at the foot of the same page; that works with a
keyboard, a screen reader and an old phone, without JavaScript and without hovering.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import unescape

from markupsafe import Markup, escape

from wmo_guide.domain.editorial import Term

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s")
_ADDRESS = re.compile(r"@|://|(?<![\w.-])\w[\w-]*(?:\.[\w-]+)*\.[a-z]{2,}(?![\w-])", re.IGNORECASE)
_FAR = 250
"""Letters before and after a word that an address can have."""
_AROUND = ".,:;!?()'\""


class _Beginning:
    """All forms that begin with the same word."""

    def __init__(self, forms: Iterable[str], slugs: Iterable[str]) -> None:
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        self.pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
        self.slugs = frozenset(slugs)


class Glossary:
    """The terms of a region, ready to be found in texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.slug: term for term in terms if term.marked}
        self._slug_of = {form.lower(): term.slug for term in self.terms.values() for form in (term.term, *term.forms)}

    @cached_property
    def beginnings(self) -> dict[str, _Beginning]:
        """What can begin with a word: a text with none of these words has no term in it."""
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for form in self._slug_of:
            if word := _WORD.match(form):
                forms[word.group()].append(form)
        return {word: _Beginning(some, map(self.slug, some)) for word, some in forms.items()}

    def slug(self, form: str) -> str:
        """The term that a form belongs to."""
        return self._slug_of[form.lower()]


_TAG = re.compile(r"(<[^>]*>)")
_NOT_IN = ("a", "h2", "h3", "h4", "h5", "h6", "code", "pre", "th")
"""Elements whose text is left as it is: links have a target already, and headings are read out as a list."""


class Explained:
    """One page's use of the glossary: remembers which terms were linked, in order."""

    def __init__(self, glossary: Glossary, leave_out: Iterable[str] = ()) -> None:
        self._glossary = glossary
        self._done: dict[str, Term | None] = dict.fromkeys(leave_out)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that the page has linked so far."""
        return tuple(term for term in self._done.values() if term is not None)

    def mark(self, text: str) -> Markup:
        """The text, escaped, with a link at the first use of each term on this page."""
        lowered = _lower(text)
        beginnings = self._glossary.beginnings
        found = beginnings.keys() & _WORD.findall(lowered)
        if all(beginnings[word].slugs <= self._done.keys() for word in found):
            return escape(text)
        parts: list[str] = []
        end = 0
        for slug, match in self._matches(text, lowered, found):
            if slug not in self._done and not _in_address(text, *match.span()):
                self._done[slug] = self._glossary.terms[slug]
                parts.append(escape(text[end : match.start()]))
                parts.append(f'<a class="wg-term" href="#woord-{slug}">{escape(match.group())}</a>')
                end = match.end()
        parts.append(escape(text[end:]))
        return Markup("".join(parts))  # noqa: S704  (every part is escaped; a slug needs no escaping)

    def _matches(self, text: str, lowered: str, words: Iterable[str]) -> Iterator[tuple[str, re.Match[str]]]:
        """Each use of a term that begins with one of the words, the longest form first, none within another."""
        end = 0
        places = sorted((start, one) for one in words for start in _places(one, lowered))
        for start, word in places:
            if start >= end and (match := self._glossary.beginnings[word].pattern.match(text, start)):
                end = match.end()
                yield self._glossary.slug(match.group()), match

    def mark_html(self, html: str) -> Markup:
        """The same for the text in a piece of HTML that is trusted already."""
        parts: list[str] = []
        inside: list[str] = []
        for piece in _TAG.split(html):
            if piece.startswith("<"):
                _follow(piece, inside)
                parts.append(piece)
            else:
                parts.append(piece if inside or not piece.strip() else str(self.mark(unescape(piece))))
        return Markup("".join(parts))  # noqa: S704  (trusted HTML, and text that `mark` escaped)


def _lower(text: str) -> str:
    """In small letters, each at the place that it had: a few foreign capitals would become two letters."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether a word is a part of a mail address or of a website's name."""
    before, after = text[max(0, start - _FAR) : start], text[end : end + _FAR]
    begin = start - len(before) + max((one.end() for one in _SPACE.finditer(before)), default=0)
    space = _SPACE.search(after)
    whole = text[begin : end + (space.start() if space else len(after))]
    return whole.strip(_AROUND) != text[start:end].strip(_AROUND) and _ADDRESS.search(whole) is not None


def _places(word: str, text: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


def _follow(tag: str, inside: list[str]) -> None:
    """Keeps which of the elements that are left alone are open."""
    name = tag.strip("</>").split(" ")[0].lower()
    if name in _NOT_IN:
        if tag.startswith("</"):
            inside.pop()
        else:
            inside.append(name)
