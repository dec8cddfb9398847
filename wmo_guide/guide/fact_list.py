"""Answers as HTML.

Made here and not in a template: a guide of five thousand providers shows a quarter of a million answers, and a
template would take longer for them than for all the rest of the guide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.kinds.base import Shown, ShownAs
from wmo_guide.domain.values import dial
from wmo_guide.guide.shown import Fact

Prose = Callable[[str], Markup]
_safe = lru_cache(maxsize=8192)(escape)
"""Headings and the words of choices come back on page after page."""


def fact_list(facts: Iterable[Fact], prose: Prose) -> Markup:
    """Facts as a list of headings and values; nothing when there are none. `prose` makes paragraphs of a text."""
    items = "".join(f"<dt>{_safe(fact.heading)}</dt><dd>{_value(fact, prose)}</dd>" for fact in facts)
    return Markup(f'<dl class="wg-facts">{items}</dl>' if items else "")  # noqa: S704  (every part is escaped)


def brief_list(facts: Iterable[Fact]) -> Markup:
    """The same in few words, for lists of providers."""
    items = "".join(f"<dt>{_safe(fact.heading)}</dt><dd>{_in_a_line(fact)}</dd>\n" for fact in facts)
    return Markup(f"<dl>\n{items}</dl>")  # noqa: S704  (every part is escaped)


def _value(fact: Fact, prose: Prose) -> str:
    shown = fact.shown
    html = prose(shown.texts[0]) if shown.form == "prose" else _laid_out(shown)
    return html if fact.since is None else f"{html} {_as_of(fact.since)}"


def _in_a_line(fact: Fact) -> str:
    words = _safe(", ".join(fact.shown.texts))
    return words if fact.since is None else f"{words} {_as_of(fact.since)}"


def _as_of(day: date) -> str:
    return f'<span class="wg-updated">(stand van {long_date(day)})</span>'


@lru_cache(maxsize=8192)
def _laid_out(shown: Shown) -> str:
    """Lists of choices, too, come back on page after page."""
    return _FORMS[shown.form](shown)


def _list(shown: Shown) -> str:
    if len(shown.texts) == 1:
        return _line(shown)
    return f"<ul>{''.join(f'<li>{_safe(text)}</li>' for text in shown.texts)}</ul>"


def _line(shown: Shown) -> str:
    return _safe(shown.texts[0])


def _url(shown: Shown) -> str:
    address = escape(shown.texts[0])
    return f'<a href="{address}">{address.removeprefix("https://").removeprefix("http://")}</a>'


def _email(shown: Shown) -> str:
    address = escape(shown.texts[0])
    return f'<a href="mailto:{address}">{address}</a>'


def _phone(shown: Shown) -> str:
    number = shown.texts[0]
    return f'<a href="tel:{escape(dial(number))}">{escape(number)}</a>'


_FORMS: Mapping[ShownAs, Callable[[Shown], str]] = {
    "line": _line,
    "list": _list,
    "url": _url,
    "email": _email,
    "phone": _phone,
}
