"""Words of the field, explained where they first appear on a page.

The first time a page uses such a word, it becomes a link to a box at the foot of the same page; that works with a
keyboard, a screen reader and an old phone, without JavaScript and without hovering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from markupsafe import Markup, escape

from wmo_guide.domain.editorial import Term

_WORD = re.compile(r"\w+")


class Glossary:
    """The terms of a region, ready to be found in texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.slug: term for term in terms if term.marked}
        self._slug_of = {form.lower(): term.slug for term in self.terms.values() for form in (term.term, *term.forms)}

    @cached_property
    def first_words(self) -> frozenset[str]:
        """First word of every form: a text without any of these has no term in it."""
        return frozenset(match.group() for form in self._slug_of if (match := _WORD.search(form)))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any form as a whole word, longest first."""
        forms = sorted(self._slug_of, key=lambda form: (-len(form), form))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms)) or '(?!)'})(?![\w-])", re.IGNORECASE)

    def slug(self, form: str) -> str:
        """The term that a form belongs to."""
        return self._slug_of[form.lower()]


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
        glossary = self._glossary
        if glossary.first_words.isdisjoint(_WORD.findall(text.lower())):
            return escape(text)
        parts: list[Markup] = []
        end = 0
        for match in glossary.pattern.finditer(text):
            slug = glossary.slug(match.group())
            if slug in self._done:
                continue
            self._done[slug] = glossary.terms[slug]
            parts.append(escape(text[end : match.start()]))
            parts.append(Markup('<a class="wg-term" href="#woord-{}">{}</a>').format(slug, match.group()))
            end = match.end()
        parts.append(escape(text[end:]))
        return Markup("").join(parts)
