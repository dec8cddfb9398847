"""The quality meter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from provider_forms.desk.outline import outline
from provider_forms.desk.quality import Meter, measure
from provider_forms.provider.standing import read
from tests.builders import ContentFolder
from tests.provider_forms.drafting import OFFERING, TODAY, Parts, full_parts

LONG = "Wij komen bij u thuis. U zet de post klaar. Wij lezen hem met u. " * 4


def _rule(**more: Any) -> dict[str, Any]:
    return {"key": "r", "part": "offering", "good": "Goed zo.", "advice": "Dit kan beter.", **more}


def _measure(
    content: ContentFolder, parts: Parts, *rules: dict[str, Any], dates: dict[str, dict[str, date]] | None = None
) -> Meter:
    content.write("quality.yaml", {"rules": list(rules)})
    assert content.problems() == ()
    standards = content.standards()
    return measure(outline(parts, standards, read), standards.quality, dates or {}, TODAY)


def _goods(meter: Meter) -> list[bool]:
    return [one.good for one in meter.verdicts]


def test_answered_counts_answers(content: ContentFolder) -> None:
    """The check `answered` wants so many of its questions answered, and leads to the first one that isn't."""
    rule = _rule(part="organisation", check="answered", questions=["phone", "email", "founded"], least="3")
    parts = full_parts(content)
    before = _measure(content, parts, rule)
    del parts["organisation"]["email"]
    after = _measure(content, parts, rule)

    assert _goods(before) == [True]
    assert _goods(after) == [False]
    assert after.advice[0].target == "v-email"


@pytest.mark.parametrize(("text", "good"), [("Kort.", False), ("x" * 100, True), ("x" * 301, False)])
def test_length_counts_characters(content: ContentFolder, text: str, *, good: bool) -> None:
    """The check `length` wants the texts neither too short nor too long, and tells how long they are."""
    parts = full_parts(content)
    parts["blocks"]["blocks"] = ["post-en-papieren"]
    parts[OFFERING]["what"] = text
    meter = _measure(content, parts, _rule(check="length", questions=["what"], least="50", most="300"))

    assert _goods(meter) == [good]
    assert meter.verdicts[0].hints == (f"Uw tekst heeft nu {len(text)} tekens.",)


def test_plain_shows_the_longest_sentence_and_hardest_words(content: ContentFolder) -> None:
    """The check `plain` shows, for a text that reads hard, its longest sentence and hardest words, and claims no level."""
    parts = full_parts(content)
    parts["blocks"]["blocks"] = ["post-en-papieren"]
    parts[OFFERING]["what"] = "Wij faciliteren participatiebevorderende ondersteuningsactiviteiten."
    meter = _measure(content, parts, _rule(check="plain", questions=["what"], least="60"))
    told = " ".join(meter.verdicts[0].hints)

    assert _goods(meter) == [False]
    assert "“Wij faciliteren" in told
    assert "ondersteuningsactiviteiten" in told
    assert "B1" not in told


def test_plain_accepts_easy_text(content: ContentFolder) -> None:
    """The check `plain` is content with short sentences of short words."""
    parts = full_parts(content)
    parts["blocks"]["blocks"] = ["post-en-papieren"]
    parts[OFFERING]["what"] = LONG

    assert _goods(_measure(content, parts, _rule(check="plain", questions=["what"], least="60"))) == [True]


@pytest.mark.parametrize(("day", "good"), [(date(2026, 1, 1), True), (date(2025, 10, 1), False)])
def test_recent_looks_at_the_day_of_dated_answers(content: ContentFolder, day: date, *, good: bool) -> None:
    """The check `recent` wants dated answers to be of the last days."""
    parts = full_parts(content)
    parts["blocks"]["blocks"] = ["post-en-papieren"]
    rule = _rule(check="recent", questions=["waiting_weeks"], most="30")

    assert _goods(_measure(content, parts, rule, dates={OFFERING: {"waiting_weeks": day}})) == [good]


@pytest.mark.parametrize(
    ("start", "phone", "good"),
    [("U belt\nons.", "", [False]), ("U belt ons.", "012 345 67 11", [True]), ("Wij bellen u.", "", [])],
)
def test_reachable_wants_the_way_in_that_a_text_names(
    content: ContentFolder, start: str, phone: str, good: list[bool]
) -> None:
    """The check `reachable` wants a telephone number where the text sends people to the telephone, and only there."""
    parts = full_parts(content)
    parts["blocks"]["blocks"] = ["post-en-papieren"]
    parts[OFFERING]["start"] = start
    parts["organisation"]["phone"] = phone
    rule = _rule(check="reachable", questions=["start"], phrases=["belt ons"], needs=["phone"])

    assert _goods(_measure(content, parts, rule)) == good


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Hier staat nog niets."),
        ("Kort.", "Dit kan beter."),
        ("Wij komen bij u thuis. U zet de post klaar. Wij lezen hem met u.", "Goed zo."),
        ("Wij komen bij u thuis. " * 20, "Maak dit korter."),
    ],
)
def test_each_length_gets_its_own_advice(content: ContentFolder, text: str, told: str) -> None:
    """A text that is empty, short, right or long gets the sentence for that, and only a written text is counted."""
    parts = full_parts(content)
    parts["blocks"]["blocks"] = ["post-en-papieren"]
    parts[OFFERING]["what"] = text
    more = {"missing": "Hier staat nog niets.", "too_much": "Maak dit korter."}
    rule = _rule(check="length", questions=["what"], least="50", most="300", **more)
    [verdict] = _measure(content, parts, rule).verdicts

    assert verdict.message == told
    assert bool(verdict.hints) == bool(text)


@pytest.mark.parametrize("text", ["", "Hulp.", "Wij helpen u."])
def test_little_text_is_not_praised_for_being_plain(content: ContentFolder, text: str) -> None:
    """The check `plain` says nothing of an empty text, and doesn't praise a few words."""
    parts = full_parts(content)
    parts[OFFERING]["what"] = parts["offering/2024/dag-buiten"]["what"] = text

    assert _measure(content, parts, _rule(check="plain", questions=["what"], least="60")).verdicts == ()


@pytest.mark.parametrize(
    ("text", "advised"),
    [("Wij helpen u met de post en met het geld en met de buurt en met alles wat er verder nog is in huis.", True),
     ("Wij faciliteren participatiebevordering.", False)],
)  # fmt: skip
def test_shorter_sentences_are_advised_for_long_ones_alone(content: ContentFolder, text: str, *, advised: bool) -> None:
    """Only who writes long sentences is told to write shorter ones; long words get an advice of their own."""
    parts = full_parts(content)
    parts["blocks"]["blocks"] = ["post-en-papieren"]
    parts[OFFERING]["what"] = text
    [verdict] = _measure(content, parts, _rule(check="plain", questions=["what"], least="99")).verdicts

    assert ("Maak er kortere zinnen van" in " ".join(verdict.hints)) is advised
    assert ("gewoner woord" in " ".join(verdict.hints)) is not advised


def test_without_a_dated_answer_nothing_is_recent(content: ContentFolder) -> None:
    """The check `recent` doesn't praise a waiting time that nobody filled in."""
    rule = _rule(check="recent", questions=["waiting_weeks"], most="30")

    assert _measure(content, full_parts(content), rule).verdicts == ()


def test_advice_names_what_is_empty(content: ContentFolder) -> None:
    """The check `answered` names the questions that are still empty, and no others."""
    parts = full_parts(content)
    del parts["organisation"]["email"]
    rule = _rule(part="organisation", check="answered", questions=["phone", "email"], least="2")

    assert _measure(content, parts, rule).verdicts[0].hints == ("Nog leeg: “Wat is uw e-mailadres?”.",)


@pytest.mark.parametrize(("number", "good"), [(1, True), (2, True), (3, False)])
def test_blocks_looks_at_the_share_of_the_matrix(content: ContentFolder, number: int, *, good: bool) -> None:
    """The check `blocks` looks at which share of the edition's blocks was chosen, and says how many."""
    parts = full_parts(content)
    parts["blocks"]["blocks"] = ["post-en-papieren", "dag-buiten", "uit-logeren"][:number]
    meter = _measure(content, parts, _rule(part="whole", check="blocks", most="80"))

    assert _goods(meter) == [good]
    assert meter.verdicts[0].hints == (f"U koos {number} van de 3 bouwstenen.",)


def test_rules_hold_for_each_offering(content: ContentFolder) -> None:
    """A rule about offerings is held against each of them, and names the one that could be better."""
    parts = full_parts(content)
    parts[OFFERING]["what"] = LONG
    meter = _measure(content, parts, _rule(check="length", questions=["what"], least="50"))

    assert [(one.part, one.good) for one in meter.verdicts] == [(OFFERING, True), ("offering/2024/dag-buiten", False)]
    assert meter.score == 50
    assert meter.praise == ()


def test_rules_about_questions_that_arent_asked_dont_count(content: ContentFolder) -> None:
    """A rule about a question that a block doesn't have says nothing of that block."""
    meter = _measure(content, full_parts(content), _rule(check="answered", questions=["bands"], least="1"))

    assert [one.part for one in meter.verdicts] == ["offering/2024/dag-buiten"]


def test_rules_count_only_when_their_conditions_hold(content: ContentFolder) -> None:
    """A rule with a condition on an answer holds for the offerings with that answer alone."""
    rule = _rule(check="answered", questions=["locations"], least="1", when={"answer.how": "group"})

    assert [one.part for one in _measure(content, full_parts(content), rule).verdicts] == ["offering/2024/dag-buiten"]


def test_score_weighs_the_points(content: ContentFolder) -> None:
    """A rule earns as much as it weighs; what weighs most is advised first."""
    light = _rule(key="light", part="organisation", check="answered", questions=["phone"], least="1", points="1")
    heavy = _rule(key="heavy", part="organisation", check="answered", questions=["email"], least="1", points="3")
    parts = full_parts(content)
    del parts["organisation"]["email"]
    meter = _measure(content, parts, light, heavy)

    assert meter.score == 25
    assert [one.rule.key for one in meter.advice] == ["heavy"]
    assert meter.praise == ("Goed zo.",)

    del parts["organisation"]["phone"]
    assert [one.rule.key for one in _measure(content, parts, light, heavy).advice] == ["heavy", "light"]


def test_without_rules_nothing_is_wrong(content: ContentFolder) -> None:
    """Without rules there is no advice and the score is full."""
    meter = _measure(content, full_parts(content))

    assert (meter.score, meter.advice) == (100, ())


@pytest.mark.parametrize(
    ("tree", "key"),
    [
        ({"minimum": {"demands": [{"part": "offering", "questions": ["nope"], "message": "x"}]}}, "minimum.demands[0].questions[0]"),
        ({"rules": [_rule(check="answered", questions=["nope"], least="1")]}, "rules[0].questions[0]"),
        ({"rules": [_rule(check="answered", least="1")]}, "rules[0].questions"),
        ({"rules": [_rule(check="answered", questions=["what"])]}, "rules[0]"),
        ({"rules": [_rule(check="reachable", questions=["what"])]}, "rules[0]"),
        ({"rules": [_rule(check="reachable", questions=["what"], phrases=["bel"], needs=["nope"])]}, "rules[0].needs[0]"),
        ({"rules": [_rule(check="blocks", questions=["what"], most="1")]}, "rules[0].part"),
        ({"rules": [_rule(part="whole", check="plain", questions=["what"], most="1")]}, "rules[0].part"),
        ({"rules": [_rule(check="plain", questions=["what"], most="1"), _rule(check="plain", questions=["what"], most="1")]}, "rules[1].key"),
        ({"real_estate": {"questions": "nope", "subject": "x"}}, "real_estate.questions"),
    ],
)  # fmt: skip
def test_rules_that_make_no_sense_are_problems(content: ContentFolder, tree: dict[str, Any], key: str) -> None:
    """A rule about something that isn't there, or that lacks what its check needs, is a problem at its place."""
    content.write("quality.yaml", tree)

    assert [(one.file, one.key) for one in content.problems()] == [("quality.yaml", key)]
