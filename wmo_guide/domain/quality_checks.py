"""Whether the rules of content/quality.yaml are about things that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wmo_guide.domain.checks.common import Names, known, twice, unknown
from wmo_guide.domain.checks.questions import check_conditions
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.quality import Demand, Quality, Rule


def check_quality(quality: Quality, asked: Names, sets: Names) -> Iterator[Finding]:
    """The rules are about questions and sets that exist, and say all that their check needs."""
    for index, demand in enumerate(quality.minimum.demands):
        path: KeyPath = ("minimum", "demands", index)
        yield from known(demand.questions, asked, "vraag", (*path, "questions"))
        yield from _check_when(demand.when, asked, path)
        yield from _check_least(demand, path)
    yield from twice((rule.key for rule in quality.rules), "rules", name="key")
    for index, rule in enumerate(quality.rules):
        path = ("rules", index)
        yield from known(rule.questions, asked, "vraag", (*path, "questions"))
        yield from known(rule.needs, asked, "vraag", (*path, "needs"))
        yield from _check_when(rule.when, asked, path)
        yield from _check_whole(rule, path)
    home = quality.real_estate
    if home is not None and sets is not None and home.questions not in sets:
        yield unknown(home.questions, sets, "vragenlijst", ("real_estate", "questions"))


def _check_when(when: Mapping[str, str], asked: Names, path: KeyPath) -> Iterator[Finding]:
    yield from check_conditions(when, path)
    for name in when:
        kind, _, key = name.partition(".")
        if kind == "answer" and asked is not None and key not in asked:
            yield unknown(key, asked, "vraag", (*path, "when", name))


def _check_least(demand: Demand, path: KeyPath) -> Iterator[Finding]:
    if demand.least > len(demand.questions):
        message = "Zoveel vragen staan er niet, dus niemand kan hieraan voldoen. Verbeter least of noem meer vragen."
        yield Finding((*path, "least"), message)


def _check_whole(rule: Rule, path: KeyPath) -> Iterator[Finding]:
    if (rule.part == "whole") != (rule.check == "blocks"):
        yield Finding((*path, "part"), "De soort blocks hoort bij het deel whole, en andersom.")
    elif rule.part != "whole" and not rule.questions:
        yield Finding((*path, "questions"), "Noem de vragen waar deze regel naar kijkt.")
    if rule.check == "reachable" and not (rule.phrases and rule.needs):
        yield Finding(path, "Bij de soort reachable horen phrases en needs.")
    elif rule.check != "reachable" and rule.least is None and rule.most is None:
        yield Finding(path, "Noem het kleinste of het grootste getal dat goed is: least of most.")
    elif rule.least is not None and rule.most is not None and rule.least > rule.most:
        yield Finding((*path, "most"), "most is kleiner dan least, dus niets is goed. Wissel ze om of verbeter er één.")
