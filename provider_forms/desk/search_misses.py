"""Words that found nothing: counted by region, day and words, and nothing else. Who searched is never known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from provider_forms.desk.upkeep_models import SearchMiss
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import one_line

LONGEST = 60
_MOST_WORDS = 6
"""A longer text is a story, in which somebody may tell of a person."""
_MOST_A_DAY = 500
"""Different words of one region on one day; more is no reader but a program."""
_MOST_TIMES = 1000
_DIGITS = re.compile(r"\d[\d\s.-]{2,}\d")
_PRIVATE = ("@", "://", "www.")


@dataclass(frozen=True)
class Missed:
    """Words with how often they found nothing, and when for the last time."""

    words: str
    times: int
    days: int
    last: date


def tidy(asked: str) -> str:
    """The words as they are counted; empty when they may tell of a person, or are no words."""
    try:
        words = " ".join(one_line(asked.strip()).casefold().split())
    except InvalidValueError:
        return ""
    if len(words) > LONGEST or words.count(" ") >= _MOST_WORDS or not any(map(str.isalpha, words)):
        return ""
    return "" if _DIGITS.search(words) or any(sign in words for sign in _PRIVATE) else words


def count(session: Session, region: str, asked: str, day: date) -> bool:
    """Counts a search that found nothing; False when it isn't counted."""
    words = tidy(asked)
    if not words:
        return False
    mine = (SearchMiss.region == region, SearchMiss.day == day)
    found = session.scalar(select(SearchMiss).where(*mine, SearchMiss.words == words))
    if found is not None:
        found.times = min(found.times + 1, _MOST_TIMES)
        return True
    if (session.scalar(select(func.count()).select_from(SearchMiss).where(*mine)) or 0) >= _MOST_A_DAY:
        return False
    session.add(SearchMiss(region=region, day=day, words=words, times=1))
    return True


def most_missed(session: Session, region: str, since: date, limit: int = 200) -> Sequence[Missed]:
    """The words that most often found nothing since a day.

    Several words together may be the name of a person, so they are told when they were searched on more days than one.
    """
    times = func.sum(SearchMiss.times)
    query = (
        select(SearchMiss.words, times, func.count(), func.max(SearchMiss.day))
        .where(SearchMiss.region == region, SearchMiss.day >= since)
        .group_by(SearchMiss.words)
        .having(or_(SearchMiss.words.not_like("% %"), func.count() > 1))
        .order_by(times.desc(), SearchMiss.words)
        .limit(limit)
    )
    return [Missed(words, int(number), days, last) for words, number, days, last in session.execute(query)]
