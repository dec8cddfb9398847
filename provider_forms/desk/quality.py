"""The quality meter: what is good about an offer and what could be better. It advises and never stops anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from provider_forms.desk.outline import BLOCKS, Outline, Sheet
from wmo_guide.domain.quality import Quality, Rule
from wmo_guide.domain.readability import readability

_WHOLE = 100


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
    good: bool
    hints: tuple[str, ...] = ()
    """What to look at first."""

    @property
    def message(self) -> str:
        """What the provider reads."""
        return self.rule.good if self.good else self.rule.advice


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
                good, hints = _CHECKS[rule.check](_Look(rule, sheet, outline, dates, today))
                target = next((key for key in asked if key not in sheet.reading.parsed), asked[0])
                yield Verdict(rule, sheet.name, sheet.title, f"v-{target}", good, tuple(hints))


def _within(number: float, rule: Rule) -> bool:
    return (rule.least is None or number >= rule.least) and (rule.most is None or number <= rule.most)


_Found: TypeAlias = tuple[bool, Sequence[str]]


def _answered(look: _Look) -> _Found:
    return _within(sum(key in look.sheet.reading.parsed for key in look.rule.questions), look.rule), ()


def _length(look: _Look) -> _Found:
    number = sum(map(len, look.sheet.texts(look.rule.questions)))
    return _within(number, look.rule), (f"Uw tekst heeft nu {number} tekens.",)


def _plain(look: _Look) -> _Found:
    found = readability("\n".join(look.sheet.texts(look.rule.questions)))
    if found is None or _within(found.score, look.rule):
        return True, ()
    hints = [
        f"Uw tekst leest nu {found.band}: {found.score} op een schaal van 0 tot 100. De computer schat dit.",
        f"Uw langste zin heeft {found.sentence_words} woorden: “{found.longest_sentence}”",
    ]
    if found.hard_words:
        hints.append(f"Lange woorden: {', '.join(found.hard_words)}.")
    return False, hints


def _recent(look: _Look) -> _Found:
    mine = look.dates.get(look.sheet.name, {})
    days = [(look.today - mine[key]).days for key in look.rule.questions if key in mine]
    return all(_within(number, look.rule) for number in days), ()


def _reachable(look: _Look) -> _Found:
    text = " ".join(" ".join(look.sheet.texts(look.rule.questions)).lower().split())
    named = any(phrase.lower() in text for phrase in look.rule.phrases)
    return not named or any(key in look.outline.organisation.reading.parsed for key in look.rule.needs), ()


def _blocks(rule: Rule, outline: Outline) -> Iterator[Verdict]:
    every = len(outline.edition.by_slug) if outline.edition else 0
    mine = len(outline.of("offering"))
    if every and mine:
        hint = f"U koos {mine} van de {every} bouwstenen."
        good = _within(_WHOLE * mine / every, rule)
        yield Verdict(rule, BLOCKS, "Welke bouwstenen", "", good, (hint,))


_CHECKS: Mapping[str, Callable[[_Look], _Found]] = {
    "answered": _answered,
    "length": _length,
    "plain": _plain,
    "recent": _recent,
    "reachable": _reachable,
}
