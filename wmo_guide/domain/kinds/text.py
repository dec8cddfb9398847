"""Kinds whose answer is a text."""

from __future__ import annotations

import re
from collections.abc import Callable

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds.base import Kind, Scope, Shown, ShownAs, as_list, as_text, dump_list, dump_text
from wmo_guide.domain.provider import Answer, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.values import clean_text, one_line, parse_email, parse_phone, parse_postcode, parse_url

_LONGEST_LINE = 200
_LONGEST_TEXT = 3000


def _parse_kvk(text: str) -> str:
    number = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"[0-9]{8}", number):
        raise InvalidValueError("Dit KvK-nummer klopt niet. Het heeft acht cijfers, ook als het met een 0 begint.")
    return number


def _bounded(text: str, longest: int) -> str:
    if len(text) > longest:
        raise InvalidValueError(f"Deze tekst heeft {len(text)} tekens. Er is plaats voor {longest}. Maak hem korter.")
    return text


def _text_kind(read: Callable[[str], str], form: ShownAs, longest: int = _LONGEST_LINE) -> Kind:
    def parse(raw: Raw, question: Question, _scope: Scope) -> Answer:
        return _bounded(read(as_text(raw)), question.max or longest)

    def show(value: Answer, _question: Question, _scope: Scope) -> Shown:
        return Shown(form, (str(value),))

    return Kind(parse, dump_text, show)


def _parse_lines(raw: Raw, question: Question, _scope: Scope) -> Answer:
    lines = [_parse_one(item, index, question.max or _LONGEST_LINE) for index, item in enumerate(as_list(raw))]
    return tuple(as_list(lines))


def _parse_one(item: str, index: int, longest: int) -> str:
    try:
        return _bounded(one_line(as_text(item)), longest)
    except InvalidValueError as error:
        raise InvalidValueError(error.message, (index,)) from error


def _show_lines(value: Answer, _question: Question, _scope: Scope) -> Shown:
    return Shown("list", value if isinstance(value, tuple) else (str(value),))


LINE = _text_kind(one_line, "line")
TEXT = _text_kind(clean_text, "prose", _LONGEST_TEXT)
URL = _text_kind(parse_url, "url", 500)
EMAIL = _text_kind(parse_email, "email")
PHONE = _text_kind(parse_phone, "phone")
POSTCODE = _text_kind(parse_postcode, "line")
KVK = _text_kind(_parse_kvk, "line")
LINES = Kind(_parse_lines, dump_list, _show_lines)
