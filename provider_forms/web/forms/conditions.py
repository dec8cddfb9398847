"""Tells in words when a question with conditions is to be answered.

All questions of a page are always shown, because without JavaScript a page can't follow what somebody chooses; so the
page says when a question matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wmo_guide.domain.questions import Question


def when_in_words(when: Mapping[str, str], by_key: Mapping[str, Question]) -> str:
    """What follows "vul dit in" when it is to be answered only if all of these hold; empty when that says nothing."""
    parts = list(_told(when, by_key))
    return f" als {' en als '.join(parts)}" if parts else ""


def conditions(questions: Sequence[Question]) -> dict[str, str]:
    """The sentence for each question that depends on other answers, by the question's key."""
    by_key = {one.key: one for one in questions}
    told = {one.key: when_in_words(one.when, by_key) for one in questions if one.when}
    return {key: f"Vul dit alleen in{when}." for key, when in told.items() if when}


def _told(when: Mapping[str, str], by_key: Mapping[str, Question]) -> Iterator[str]:
    for fact, wanted in when.items():
        about, _, name = fact.partition(".")
        if about == "level":
            yield "u een bijzonder niveau kiest" if wanted == "true" else "u geen bijzonder niveau kiest"
        elif about == "answer" and name in by_key:
            yield f"u bij “{by_key[name].label}” kiest: “{_label(by_key[name], wanted)}”"


def _label(question: Question, wanted: str) -> str:
    if question.kind == "yes_no":
        words = {"yes": "Ja", "no": "Nee"} | {option.key: option.label for option in question.options}
        return words["yes" if wanted in ("true", "yes") else "no"]
    return next((option.label for option in question.options if option.key == wanted), wanted)
