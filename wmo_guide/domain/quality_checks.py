"""Whether the rules of content/quality.yaml are about things that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wmo_guide.domain.checks.common import known, twice, unknown
from wmo_guide.domain.findings import Finding
from wmo_guide.domain.quality import Quality, Rule
from wmo_guide.domain.questions import QuestionSet


def check_quality(quality: Quality, sets: Mapping[str, QuestionSet]) -> Iterator[Finding]:
    """The rules are about questions that exist, and say all that their check needs."""
    asked = {question.key for one in sets.values() for question in one.questions}
    for index, demand in enumerate(quality.minimum.demands):
        yield from known(demand.questions, asked, "vraag", ("minimum", "demands", index, "questions"))
    yield from twice((rule.key for rule in quality.rules), "rules", name="key")
    for index, rule in enumerate(quality.rules):
        yield from known(rule.questions, asked, "vraag", ("rules", index, "questions"))
        yield from known(rule.needs, asked, "vraag", ("rules", index, "needs"))
        yield from _check_whole(rule, index)
    home = quality.real_estate
    if home is not None and home.questions not in sets:
        yield unknown(home.questions, sets, "vragenlijst", ("real_estate", "questions"))


def _check_whole(rule: Rule, index: int) -> Iterator[Finding]:
    if (rule.part == "whole") != (rule.check == "blocks"):
        yield Finding(("rules", index, "part"), "De soort blocks hoort bij het deel whole, en andersom.")
    elif rule.part != "whole" and not rule.questions:
        yield Finding(("rules", index, "questions"), "Noem de vragen waar deze regel naar kijkt.")
    if rule.check == "reachable" and not (rule.phrases and rule.needs):
        yield Finding(("rules", index), "Bij de soort reachable horen phrases en needs.")
    elif rule.check != "reachable" and rule.least is None and rule.most is None:
        yield Finding(("rules", index), "Noem het kleinste of het grootste getal dat goed is: least of most.")
