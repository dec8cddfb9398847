"""What an offer can't be sent without stands on the form's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import ContentFolder
from tests.provider_forms.drafting import OFFERING as PART
from tests.provider_forms.drafting import fill, full_parts
from tests.provider_forms.provider.filling import OFFERING, elements, fill_in
from tests.provider_forms.visiting import MANAGER, Browser, Forms, make_forms, text_of, title_of

CALL = "Vul een nummer of een adres in."
WAIT = "Vul de wachttijd in, of zeg of er een stop is."
PLACE = "Kies op welke locaties."
DEMANDS = [
    {"part": "organisation", "questions": ["phone", "email"], "message": CALL},
    {"part": "offering", "questions": ["waiting_weeks", "intake_stop"], "message": WAIT},
    {"part": "offering", "questions": ["locations"], "when": {"answer.how": "group"}, "message": PLACE},
]


@pytest.fixture
def forms(tmp_path: Path, content: ContentFolder) -> Iterator[Forms]:
    """The forms, with demands, and a draft in which none of them is met."""
    content.write("quality.yaml", {"minimum": {"demands": DEMANDS}})
    assert content.problems() == ()
    made = make_forms(tmp_path / "var", content.root)
    parts = full_parts(content)
    for name, key in (("organisation", "phone"), ("organisation", "email"), (PART, "waiting_weeks")):
        parts[name].pop(key, None)
    parts[PART].pop("intake_stop", None)
    parts[PART].pop("locations", None)
    parts[PART]["how"] = "group"
    fill(made, made.organisation(MANAGER), parts)
    yield made
    made.desk.close()


@pytest.fixture
def home(forms: Forms) -> str:
    """Path of the overview."""
    return f"/aanbieder/{forms.organisation(MANAGER)}/"


@pytest.fixture
def browser(forms: Forms, home: str) -> Browser:
    """A manager's browser."""
    return forms.signed_in()


@pytest.mark.parametrize(
    ("path", "target", "message"),
    [("organisatie", "v-phone", CALL), (OFFERING, "v-waiting_weeks", WAIT), (OFFERING, "v-locations", PLACE)],
)
def test_a_link_of_the_check_opens_what_is_missing(
    browser: Browser, home: str, path: str, target: str, message: str
) -> None:
    """Each thing that the check misses stands on its own page too: in the title, in the summary, and at its input."""
    url = f"{home}{path}?nakijken=ja"
    assert f'href="{url}#{target}"' in browser.get(f"{home}controleren").text

    page = browser.get(url)

    assert title_of(page).startswith("Het formulier is niet verzonden, er ")
    assert [one.attrib["href"] for one in elements(page, "//*[@role='alert']//a") if one.text == message] == [
        f"#{target}"
    ]
    assert [one.text_content() for one in elements(page, f"//*[@id='fout-{target}']")] == [f"Fout: {message}"]
    assert elements(page, f"//*[@id='{target}']")


def test_what_is_needed_is_not_called_optional(browser: Browser, home: str) -> None:
    """A question without which nothing can be sent says what else will do, or when it is needed."""
    organisation, offering = text_of(browser.get(f"{home}organisatie")), browser.get(f"{home}{OFFERING}")
    labels = {one.attrib["for"]: one.text_content() for one in elements(offering, "//label[@for]")}
    legends = " ".join(one.text_content() for one in elements(offering, "//legend"))

    assert "(vul dit in, of anders “" in organisation
    assert labels["v-waiting_weeks"].partition("(")[2].startswith("vul dit in, of anders “")
    assert "Op welke locaties? (vul dit in als u bij “" in legends


def test_saving_tells_what_is_missing(browser: Browser, home: str) -> None:
    """Who goes on without an answer that sending needs is told at once, and with one of the two answers leads on."""
    assert CALL in text_of(fill_in(browser, f"{home}organisatie", {"summary": "Wij helpen."}))
    assert fill_in(browser, f"{home}organisatie", {"summary": "Wij helpen."}, "later").status_code == 303

    assert fill_in(browser, f"{home}organisatie", {"email": "info@example.nl"}).status_code == 303


def test_a_demand_waits_for_an_answer_with_an_error(browser: Browser, home: str) -> None:
    """A telephone number with an error in it gets that error, and not that something must be filled in."""
    shown = text_of(fill_in(browser, f"{home}organisatie", {"phone": "12"}))

    assert "Vul bij “" in shown
    assert CALL not in shown
