"""The quality meter: what is good about an offer and what could be better. It advises and never stops anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from provider_forms.desk.outline import BLOCKS, Outline, Sheet
from wmo_guide.domain.dutch import enumeration
from wmo_guide.domain.quality import Quality, Rule
from wmo_guide.domain.readability import Readability, readability

_WHOLE = 100
_FEWEST_WORDS = 3
"""The formula says nothing of a word or two."""
_ENOUGH_WORDS = 12
"""So short a text is no reason for praise yet, however easy it reads."""
_LONG_SENTENCE = 15


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one part."""

    rule: Rule
    part: str
    """Name of the part whose page can change it."""
    title: str
    """What the part is about."""
    target: str
    """Id of the input to look at; empty for the page as a whole."""
    message: str
    """What the provider reads."""
    good: bool
    hints: tuple[str, ...] = ()
    """What to look at first."""


@dataclass(frozen=True)
class Advice:
    """One piece of advice, with all that it is about."""

    message: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Meter:
    """All verdicts on a draft."""

    verdicts: tuple[Verdict, ...]

    @property
    def score(self) -> int:
        """From 0 to 100. A rule that looks at several parts earns its points for the share of them that is good."""
        shares: dict[str, list[bool]] = {}
        points = {one.rule.key: one.rule.points for one in self.verdicts}
        for one in self.verdicts:
            shares.setdefault(one.rule.key, []).append(one.good)
        possible = sum(points.values())
        earned = sum(points[key] * sum(found) / len(found) for key, found in shares.items())
        return round(_WHOLE * earned / possible) if possible else _WHOLE

    @property
    def advice(self) -> tuple[Verdict, ...]:
        """What could be better; what weighs most comes first."""
        return tuple(sorted((one for one in self.verdicts if not one.good), key=lambda one: -one.rule.points))

    @property
    def grouped(self) -> tuple[Advice, ...]:
        """The advice with each sentence once."""
        found: dict[str, list[Verdict]] = {}
        for one in self.advice:
            found.setdefault(one.message, []).append(one)
        return tuple(Advice(message, tuple(verdicts)) for message, verdicts in found.items())

    @property
    def praise(self) -> tuple[str, ...]:
        """What is good everywhere, each sentence once."""
        bad = {one.rule.key for one in self.advice}
        return tuple(dict.fromkeys(one.message for one in self.verdicts if one.rule.key not in bad))


Dates: TypeAlias = Mapping[str, Mapping[str, date]]
"""Since when dated answers hold, by part and question."""


@dataclass(frozen=True)
class _Look:
    """What a check may look at."""

    rule: Rule
    sheet: Sheet
    outline: Outline
    dates: Dates
    today: date


def measure(outline: Outline, quality: Quality, dates: Dates, today: date) -> Meter:
    """Holds a draft against the rules. Rules about parts or questions that the draft doesn't have don't count."""
    return Meter(tuple(_verdicts(outline, quality, dates, today)))


def _verdicts(outline: Outline, quality: Quality, dates: Dates, today: date) -> Iterator[Verdict]:
    for rule in quality.rules:
        if rule.part == "whole":
            yield from _blocks(rule, outline)
            continue
        for sheet in outline.of(rule.part):
            asked = [key for key in rule.questions if key in sheet.asked]
            if asked and rule.applies(sheet.facts):
                found = _CHECKS[rule.check](_Look(rule, sheet, outline, dates, today))
                if found is not None:
                    yield Verdict(rule, sheet.name, sheet.title, _target(rule, sheet, asked), *found)


def _target(rule: Rule, sheet: Sheet, asked: Sequence[str]) -> str:
    """The input to look at: the first without an answer, or for a rule about what was written the first with one."""
    written = rule.check in ("plain", "reachable")
    return f"v-{next((key for key in asked if (key in sheet.reading.parsed) == written), asked[0])}"


def _within(number: float, rule: Rule) -> bool:
    return (rule.least is None or number >= rule.least) and (rule.most is None or number <= rule.most)


def _told(number: float, rule: Rule) -> str:
    """The sentence that is right for this number."""
    if _within(number, rule):
        return rule.good
    if rule.missing and not number:
        return rule.missing
    return rule.too_much if rule.too_much and rule.most is not None and number > rule.most else rule.advice


_Found: TypeAlias = tuple[str, bool, tuple[str, ...]]
"""What to say, whether it is good, and hints. A check finds None where there is nothing to praise or to advise."""


def _answered(look: _Look) -> _Found:
    asked = [one.question for one in look.sheet.reading.fields if one.question.key in look.rule.questions]
    empty = [one.label for one in asked if one.key in look.sheet.asked and one.key not in look.sheet.reading.parsed]
    number = sum(key in look.sheet.reading.parsed for key in look.rule.questions)
    good = _within(number, look.rule)
    hints = (f"Nog leeg: {enumeration(tuple(f'“{label}”' for label in empty))}.",) if empty and not good else ()
    return _told(number, look.rule), good, hints


def _length(look: _Look) -> _Found:
    number = sum(map(len, look.sheet.texts(look.rule.questions)))
    hints = (f"Uw tekst heeft nu {number} tekens.",) if number else ()
    return _told(number, look.rule), _within(number, look.rule), hints


def _plain(look: _Look) -> _Found | None:
    text = "\n".join(look.sheet.texts(look.rule.questions))
    found, words = readability(text), len(text.split())
    if found is None or words < _FEWEST_WORDS:
        return None
    if _within(found.score, look.rule):
        return (look.rule.good, True, ()) if words >= _ENOUGH_WORDS else None
    return look.rule.advice, False, tuple(_hard(found))


def _hard(found: Readability) -> Iterator[str]:
    """What makes the text hard, and what to do about it."""
    score = min(max(found.score, 0), _WHOLE)
    yield f"Uw tekst leest nu {found.band}: {score} op een schaal van 0 tot 100. De computer schat dit."
    what_to_do = " Maak er kortere zinnen van." if found.sentence_words > _LONG_SENTENCE else ""
    yield f"Uw langste zin heeft {found.sentence_words} woorden: “{found.longest_sentence}”{what_to_do}"
    if found.hard_words:
        yield f"Lange woorden: {', '.join(found.hard_words)}. Is er een gewoner woord voor?"


def _recent(look: _Look) -> _Found | None:
    mine = look.dates.get(look.sheet.name, {})
    days = [(look.today - mine[key]).days for key in look.rule.questions if key in mine]
    if not days:
        return None
    good = all(_within(number, look.rule) for number in days)
    return look.rule.good if good else look.rule.advice, good, ()


def _reachable(look: _Look) -> _Found | None:
    text = " ".join(" ".join(look.sheet.texts(look.rule.questions)).lower().split())
    if not any(phrase.lower() in text for phrase in look.rule.phrases):
        return None
    good = any(key in look.outline.organisation.reading.parsed for key in look.rule.needs)
    return look.rule.good if good else look.rule.advice, good, ()


def _blocks(rule: Rule, outline: Outline) -> Iterator[Verdict]:
    every = len(outline.edition.by_slug) if outline.edition else 0
    mine = len(outline.of("offering"))
    if every and mine:
        hint = f"U koos {mine} van de {every} bouwstenen."
        share = _WHOLE * mine / every
        yield Verdict(rule, BLOCKS, "Welke bouwstenen", "", _told(share, rule), _within(share, rule), (hint,))


_CHECKS: Mapping[str, Callable[[_Look], _Found | None]] = {
    "answered": _answered,
    "length": _length,
    "plain": _plain,
    "recent": _recent,
    "reachable": _reachable,
}
