"""What search knows of the language itself, whatever the region: which words say the same, and which say nothing."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import Line, PastDay

_WORD = re.compile(r"[^\W_]+")


def parse_word(text: str) -> str:
    """One word: letters and digits, no spaces or hyphens."""
    if _WORD.fullmatch(text):
        return text
    raise InvalidValueError(
        f'"{text[:60]}" is niet één woord. Gebruik alleen letters en cijfers, zonder spatie of streepje.'
    )


def parse_phrase(text: str) -> str:
    """Words with a space between them."""
    for word in text.split(" "):
        parse_word(word)
    return text


Word: TypeAlias = Annotated[Line, AfterValidator(parse_word)]
"""One word: letters and digits, no spaces or hyphens."""

Phrase: TypeAlias = Annotated[Line, AfterValidator(parse_phrase)]
"""One word, or a few with a space between them."""


class Alike(Record):
    """Words that people use for the same thing."""

    words: tuple[Word, ...] = Field(min_length=2)
    """The words. Who types one of them also finds what has another."""
    told_by: tuple[Word, ...] = ()
    """Words that lead to these, but not the other way around: a narrower word, a dialect word, a word in another language."""


class SearchWords(Record):
    """What search knows of the language. Lives in `shared/search-words.yaml`."""

    updated: PastDay
    """When a person last changed this file."""
    skipped: tuple[Word, ...] = ()
    """Words that tell nothing about what somebody looks for."""
    parts: tuple[Word, ...] = ()
    """Words that longer words are made of, besides those that stand in the guide by themselves."""
    alike: tuple[Alike, ...] = ()
    """Groups of words for the same thing."""
    elsewhere: tuple[Word, ...] = ()
    """Words of what people look for on another site: a question about them finds nothing by chance."""
    urgent: tuple[Phrase, ...] = ()
    """Words and phrases of somebody who may be in danger: the numbers to call come first then."""
