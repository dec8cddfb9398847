"""From a draft to the provider's YAML."""

from __future__ import annotations

from datetime import date
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_forms.desk.payload import Owner, changed, check, confirmed
from tests.builders import HOME, ContentFolder
from tests.provider_forms.drafting import (
    NOBODY,
    OFFERING,
    PRIVATE,
    TODAY,
    assembled,
    file_of,
    full_parts,
)
from tests.provider_forms.visiting import SLUG
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.store.yaml_text import read_tree

FILE = f"{HOME}/providers/{SLUG}.yaml"


def _tree(text: str) -> dict[str, Any]:
    tree = read_tree(text)
    assert isinstance(tree, dict)
    return tree


def test_a_complete_draft_makes_a_file_without_findings(sample: ContentFolder) -> None:
    """A complete draft makes a file that the guide accepts, with the answers of the draft."""
    made = assembled(sample, full_parts(sample))

    assert made.findings == ()
    assert made.provider is not None
    assert made.provider.name == "Alfa Thuis"
    assert [one.block for one in made.provider.offerings] == ["post-en-papieren", "dag-buiten"]


def test_the_file_stands_in_content_without_a_problem(content: ContentFolder) -> None:
    """The payload, put into content/ as it is, is read without a problem and gives the very same provider."""
    made = assembled(content, full_parts(content))
    content.raw(FILE, made.yaml_text)

    assert content.problems() == ()
    assert content.provider(SLUG) == made.provider


def test_keys_stand_in_the_order_of_the_models_and_questions(sample: ContentFolder) -> None:
    """Keys follow the models, answers follow the questions, however they were typed."""
    parts = full_parts(sample)
    parts[OFFERING] = dict(reversed(parts[OFFERING].items()))
    tree = _tree(assembled(sample, parts).yaml_text)

    assert list(tree) == ["updated", "confirmed", "organisation", "locations", "offerings"]
    assert list(tree["offerings"][0]) == ["edition", "block", "answers", "dates"]
    assert list(tree["offerings"][0]["answers"])[:4] == ["summary", "what", "how", "levels"]


def test_sloppy_answers_get_their_normal_form(sample: ContentFolder) -> None:
    """What was typed in one's own way stands in the file in its normal form."""
    parts = full_parts(sample)
    parts["organisation"] |= {"website": "alfa.example.nl", "kvk": "0123 45.67", "founded": "3-2-2001"}
    answers = _tree(assembled(sample, parts).yaml_text)["organisation"]

    assert answers["website"] == "https://alfa.example.nl"
    assert answers["kvk"] == "01234567"
    assert answers["founded"] == "2001-02-03"


def test_answers_for_staff_stay_out_of_the_file(sample: ContentFolder) -> None:
    """Answers for staff and what doesn't fit the matrix go to the desk and never into the file."""
    parts = full_parts(sample) | {"misfit": {"misfit": "Wij varen met mensen."}}
    made = assembled(sample, parts)

    assert made.private == {"organisation": PRIVATE, "misfit": {"misfit": "Wij varen met mensen."}}
    assert "Marieke" not in made.yaml_text
    assert "varen" not in made.yaml_text


def test_an_unchanged_draft_is_confirmed_not_edited(sample: ContentFolder) -> None:
    """Sending the same answers again confirms them today and leaves the day of the last edit alone."""
    tree = _tree(assembled(sample, full_parts(sample)).yaml_text)

    assert tree["updated"] == "2025-11-01"
    assert tree["confirmed"] == {"on": "2026-01-15", "by": "de aanbieder"}


def test_a_changed_draft_is_edited_today(sample: ContentFolder) -> None:
    """Any other answer makes today the day of the last edit."""
    parts = full_parts(sample)
    parts[OFFERING]["start"] = "Mail ons."

    assert _tree(assembled(sample, parts).yaml_text)["updated"] == "2026-01-15"


@pytest.mark.parametrize(("weeks", "since"), [("3", "2025-11-20"), ("03", "2025-11-20"), ("4", "2026-01-15")])
def test_a_dated_answer_keeps_its_day_until_it_changes(sample: ContentFolder, weeks: str, since: str) -> None:
    """A dated answer keeps the day since when it holds while it is the same, and gets today's when it changes."""
    parts = full_parts(sample)
    parts[OFFERING]["waiting_weeks"] = weeks

    assert _tree(assembled(sample, parts).yaml_text)["offerings"][0]["dates"]["waiting_weeks"] == since


def test_a_block_no_longer_chosen_leaves_the_file(sample: ContentFolder) -> None:
    """The offering of a block that isn't chosen any more is left out, though the draft still has its answers."""
    parts = full_parts(sample)
    parts["blocks"]["blocks"] = ["dag-buiten"]

    assert [one["block"] for one in _tree(assembled(sample, parts).yaml_text)["offerings"]] == ["dag-buiten"]


@pytest.mark.parametrize(("end", "stands"), [("2026-01-15", True), ("2026-01-14", False)])
def test_an_ended_offering_stays_until_its_last_day(sample: ContentFolder, end: str, *, stands: bool) -> None:
    """An offering with a last day stands in the file with that day, up to and including it."""
    parts = full_parts(sample)
    parts["blocks"]["ends"] = {"post-en-papieren": end}
    offerings = {one["block"]: one for one in _tree(assembled(sample, parts).yaml_text)["offerings"]}

    assert ("post-en-papieren" in offerings) is stands
    assert offerings.get("post-en-papieren", {"end": end})["end"] == end


def test_an_offering_keeps_its_first_and_last_day(sample: ContentFolder) -> None:
    """The first and last day that a file names for an offering stay when the form sends it again."""
    offering = _tree(assembled(sample, full_parts(sample)).yaml_text)["offerings"][1]

    assert (offering["start"], offering["end"]) == ("2025-01-01", "2030-12-31")


def test_offerings_of_a_closed_edition_are_left_out(sample: ContentFolder) -> None:
    """An offering that a draft has for a former edition doesn't come into the file."""
    parts = full_parts(sample)
    parts["blocks"]["edition"] = "2020"
    made = assembled(sample, parts, NOBODY)

    assert "offerings" not in _tree(made.yaml_text)


def test_offerings_of_another_open_edition_stay_as_they_were(content: ContentFolder) -> None:
    """The form asks about one edition; what the file has for another one that is open isn't touched."""
    content.raw(
        f"{HOME}/matrix/2027.yaml", content.text(f"{HOME}/matrix/2024.yaml").replace("'2024-01-01'", "'2027-01-01'")
    )
    content.put(f"{HOME}/matrix/2024.yaml", ("end",), "2026-12-31")
    tree = content.tree(FILE)
    later = {**tree["offerings"][1], "edition": "2027", "start": "2027-01-01"}
    content.put(FILE, ("offerings", 2), later)
    made = assembled(content, full_parts(content))

    assert made.findings == ()
    assert _tree(made.yaml_text)["offerings"][2] == later
    assert _tree(made.yaml_text)["updated"] == "2025-11-01"


def test_a_dated_answer_without_a_day_gets_todays(sample: ContentFolder) -> None:
    """An answer that has no day in the file yet gets today's, for the provider says today that it holds."""
    file = file_of(sample)
    first = file.offerings[0].model_copy(update={"dates": {}})
    undated = file.model_copy(update={"offerings": (first, *file.offerings[1:])})
    made = assembled(sample, full_parts(sample), Owner(SLUG, file.example, undated, sample.text(FILE)))

    assert made.findings == ()
    assert _tree(made.yaml_text)["offerings"][0]["dates"] == {
        "intake_stop": "2026-01-15",
        "waiting_weeks": "2026-01-15",
    }


@pytest.mark.parametrize("example", [True, False])
def test_an_example_stays_an_example(sample: ContentFolder, *, example: bool) -> None:
    """A file that says that it is an example still does, and no other file does."""
    owner = Owner(SLUG, example, file_of(sample), sample.text(FILE))

    assert _tree(assembled(sample, full_parts(sample), owner).yaml_text).get("example") == ("true" if example else None)


def test_a_new_organisation_gets_a_file(sample: ContentFolder) -> None:
    """An organisation without a file gets one, edited and confirmed today, its blocks in the order of the matrix."""
    parts = full_parts(sample)
    parts["blocks"]["blocks"] = ["dag-buiten", "post-en-papieren"]
    made = assembled(sample, parts, NOBODY)
    tree = _tree(made.yaml_text)

    assert made.findings == ()
    assert tree["updated"] == tree["confirmed"]["on"] == "2026-01-15"
    assert [one["block"] for one in tree["offerings"]] == ["post-en-papieren", "dag-buiten"]
    assert tree["offerings"][0]["dates"] == {"intake_stop": "2026-01-15", "waiting_weeks": "2026-01-15"}


def test_an_incomplete_draft_has_findings(sample: ContentFolder) -> None:
    """A draft without a required answer gives no provider, and tells what the guide would refuse."""
    parts = full_parts(sample)
    del parts[OFFERING]["what"]
    made = assembled(sample, parts)

    assert made.provider is None
    assert [one.path for one in made.findings] == [("offerings", 0, "answers", "what")]


def test_an_empty_draft_makes_no_provider(sample: ContentFolder) -> None:
    """A draft that nobody began gives no provider and no error."""
    made = assembled(sample, {}, NOBODY)

    assert made.provider is None
    assert made.findings


def test_remarks_of_staff_at_the_top_stay(content: ContentFolder) -> None:
    """Remarks that staff put at the top of a file stay there."""
    content.raw(FILE, f"# Gebeld op maandag\n{content.text(FILE)}")

    assert assembled(content, full_parts(content)).yaml_text.startswith("# Gebeld op maandag\nupdated:")


def test_remarks_elsewhere_are_told_to_staff(content: ContentFolder) -> None:
    """Remarks between the keys don't stop the provider; staff learn on which lines of the old file they stand."""
    content.raw(FILE, content.text(FILE).replace("locations:\n", "# let op\nlocations:\n"))
    made = assembled(content, full_parts(content))

    assert made.findings == ()
    line = content.text(FILE).splitlines().index("# let op") + 1
    assert made.private["remarks"] == {"lines": [line]}


HOSTILE = st.one_of(
    st.sampled_from(
        ["<b>x</b>", "{{ 7*7 }}", "- a", "a: b", "# c", "no", "2026-01-01", "*a", "&b", "!!c", "---", "|", "{a", "'"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=60),
    st.lists(st.text("ab:#-<'\"|{}%", min_size=1, max_size=9), min_size=1, max_size=5).map("\n".join),
)


@given(HOSTILE)
def test_any_text_comes_back_as_it_was(sample: ContentFolder, text: str) -> None:
    """Whatever text is typed, the file that the draft makes holds exactly that text, and nothing else changes."""
    parts = full_parts(sample)
    parts[OFFERING]["what"] = text
    made = assembled(sample, parts)
    typed = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    back = ProviderFile.model_validate(read_tree(made.yaml_text))

    assert made.findings == ()
    assert made.provider is not None
    assert made.provider.offerings[0].answers["what"] == back.offerings[0].answers["what"]
    assert back.offerings[0].answers["what"] == normalize("NFC", typed)
    assert made.provider.organisation == sample.provider(SLUG).organisation
    assert made.provider.locations == sample.provider(SLUG).locations


def test_a_fast_change_changes_nothing_else(sample: ContentFolder) -> None:
    """A new waiting time is dated today; all other answers, dates and the confirmation stay as they were."""
    old = sample.text(FILE)
    text = changed(old, sample.standards(), {("2024", "post-en-papieren"): {"waiting_weeks": "9"}}, TODAY)
    before, after = _tree(old), _tree(text)
    offering = after["offerings"][0]

    assert (offering["answers"].pop("waiting_weeks"), offering["dates"].pop("waiting_weeks")) == ("9", "2026-01-15")
    assert after.pop("updated") == "2026-01-15"
    before.pop("updated")
    del before["offerings"][0]["answers"]["waiting_weeks"], before["offerings"][0]["dates"]["waiting_weeks"]
    if not offering["dates"]:
        del offering["dates"], before["offerings"][0]["dates"]
    assert after == before
    assert check(SLUG, text, sample.standards())[1] == ()


def test_a_fast_answer_can_be_taken_away(sample: ContentFolder) -> None:
    """An emptied answer leaves the file, with its day."""
    old = sample.text(FILE)
    text = changed(old, sample.standards(), {("2024", "post-en-papieren"): {"waiting_weeks": ""}}, TODAY)
    offering = _tree(text)["offerings"][0]

    assert "waiting_weeks" not in offering["answers"]
    assert "waiting_weeks" not in offering["dates"]
    assert check(SLUG, text, sample.standards())[1] == ()


def test_a_confirmation_changes_the_day_alone(sample: ContentFolder) -> None:
    """Confirming gives the file a new confirmation and changes nothing else, the day of the last edit included."""
    old = sample.text(FILE)
    after = _tree(confirmed(old, date(2026, 2, 1)))

    assert after.pop("confirmed") == {"on": "2026-02-01", "by": "de aanbieder"}
    assert after == {key: value for key, value in _tree(old).items() if key != "confirmed"}
