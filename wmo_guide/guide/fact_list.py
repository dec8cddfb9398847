"""Answers as HTML.

Made here and not in a template: a guide of five thousand providers shows a quarter of a million answers, and a
template would take longer for them than for all the rest of the guide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    items = "".join(f"<dt>{_safe(fact.heading)}</dt>\n<dd>{_value(fact, prose)}</dd>\n" for fact in facts)
    return Markup(f'<dl class="wg-facts">\n{items}</dl>\n' if items else "")  # noqa: S704  (every part is escaped)


def _value(fact: Fact, prose: Prose) -> str:
    shown = fact.shown
    html = prose(shown.texts[0]) if shown.form == "prose" else _FORMS[shown.form](shown)
    if fact.since is None:
        return html
    return f'{html} <span class="wg-updated">(stand van {long_date(fact.since)})</span>'


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
