"""An afternoon of a reviewer in a real browser: ten submissions of which three bad, a resubmission, and what comes live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from provider_forms.desk import sessions, staff_sessions
from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.builders import REGION, ContentFolder
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.press.hall import Hall, make_hall
from tests.provider_forms.provider.filling import part
from tests.provider_forms.staff.desk_staff import REVIEWER, make_staff
from tests.provider_forms.staff.sending import QUEUE, Sender, by_number, changed, newcomer, sender
from tools.serving import answering
from wmo_guide.store.history import History

GOOD = ("aap", "beer", "cavia", "das", "eend", "fret")


@dataclass
class Afternoon:
    """The desk behind a real server, with who sends to it."""

    hall: Hall
    base: str
    alfa: Sender
    senders: dict[str, Sender]

    def sign_in(self, browser: Browser, **options: Any) -> Page:
        """A page of a reviewer who gave the second factor."""
        forms = self.hall.forms
        person = make_staff(forms, REVIEWER)
        with forms.desk.database.write() as db:
            token = sessions.begin(db, person, "", forms.clock())
            found = sessions.find(db, token)
            assert found is not None
            staff_sessions.verify(db, found, "Chromium", forms.clock())
        context = browser.new_context(**{**PHONE, **options})
        context.add_cookies([{"name": "wmo", "value": token, "url": self.base}])
        return context.new_page()

    def state(self, number: str) -> str:
        """The state of a submission."""
        return by_number(self.hall.forms, number).state


@pytest.fixture
def afternoon(tmp_path: Path, content: ContentFolder) -> Iterator[Afternoon]:
    """Ten submissions: a change, six good newcomers, and three bad ones."""
    hall = make_hall(tmp_path, content)
    forms = hall.forms
    alfa = sender(forms, content)
    alfa.fill(changed(content, OFFERING, summary="Wij openen samen uw post."))
    made = {name: newcomer(forms, content, name, f"{name}@example.nl", name=f"Zorg {name}") for name in GOOD}
    made["dubbel"] = newcomer(forms, content, "dubbel", "dubbel@example.nl", name="Alfa Thuis BV", kvk="01234567")
    made["bsn"] = newcomer(forms, content, "bsn", "bsn@example.nl", name="Hoek", description="Bel over 111222333.")
    made["reclame"] = newcomer(forms, content, "reclame", "reclame@example.nl", name="Koopjes", summary="Koop nu!")
    with answering(forms.app) as base:
        yield Afternoon(hall, base, alfa, made)
    hall.close()


def _open(page: Page, afternoon: Afternoon, name: str) -> None:
    page.goto(f"{afternoon.base}{QUEUE}")
    page.get_by_role("link", name=name, exact=True).click()


def _comment(page: Page, about: str, text: str) -> None:
    """Unfolds a comment box and types in it."""
    box = page.get_by_label(f"Opmerking bij: {about}")
    if not box.is_visible():
        page.locator("summary", has_text=about).last.click()
    box.fill(text)


def test_an_afternoon(afternoon: Afternoon, browser: Browser) -> None:
    """One reviewer deals with ten submissions, one answer to comments included; what was approved is live, the rest isn't."""
    numbers = {"alfa": afternoon.alfa.send(), **{name: one.send() for name, one in afternoon.senders.items()}}
    page = afternoon.sign_in(browser)
    page.goto(f"{afternoon.base}/beheer/")
    assert "10 inzendingen wachten op u." in page.inner_text("main")
    page.get_by_role("link", name="Wachtrij", exact=True).first.click()
    assert page.locator(".wf-tasks > li").count() == 10
    _approve_five(page, afternoon)
    _edit_and_approve(page, afternoon)
    _return_one(page, afternoon)
    _refuse_three(page, afternoon)
    assert "U bent helemaal bij." in page.inner_text("main")
    second = _answer_again(page, afternoon)

    states = {name: afternoon.state(number) for name, number in numbers.items()}
    assert {name for name, state in states.items() if state == "approved"} == {"alfa", *GOOD[:5]}
    assert {name for name, state in states.items() if state == "returned"} == {"fret", "bsn"}
    assert {name for name, state in states.items() if state == "rejected"} == {"dubbel", "reclame"}
    afternoon.hall.press().turn()
    assert afternoon.state(second) == afternoon.state(numbers["alfa"]) == "published"
    _is_live(afternoon)
    page.goto(f"{afternoon.base}{QUEUE}{numbers['alfa']}/")
    assert "staat in de gids" in page.inner_text("main")
    page.goto(f"{afternoon.base}/beheer/publicaties/")
    edges = page.locator(".wg-card").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    assert len(edges) == 7
    assert all(above["bottom"] < below["top"] for above, below in pairwise(edges)), "cards run into each other"
    page.context.close()


def _approve_five(page: Page, afternoon: Afternoon) -> None:
    for name in ("alfa-thuis", *GOOD[:4]):
        _open(page, afternoon, f"Zorg van {name}")
        if name == "alfa-thuis":
            marked = page.locator("form dd del").first.inner_text()
            assert " ".join(marked.split()) == "[weg: de ]"
        page.get_by_role("button", name="Keur goed").click()
        assert "is goedgekeurd" in page.inner_text("[role=status]")


def _edit_and_approve(page: Page, afternoon: Afternoon) -> None:
    _open(page, afternoon, "Zorg van eend")
    page.locator("a", has_text="Wijzig dit zelf").first.click()
    page.get_by_label("Wat doet u, in één zin?").fill("Eend helpt u thuis.")
    page.get_by_role("button", name="Bewaar deze wijziging").click()
    assert "Wat u hebt gewijzigd" in page.inner_text("main")
    page.get_by_role("button", name="Keur goed met uw wijziging").click()


def _return_one(page: Page, afternoon: Afternoon) -> None:
    _open(page, afternoon, "Zorg van fret")
    _comment(page, "Wat doet u, in één zin? (De organisatie)", "Wie is wij?")
    page.get_by_role("button", name="Stuur terug met opmerkingen").click()
    assert "is teruggestuurd" in page.inner_text("[role=status]")


def _refuse_three(page: Page, afternoon: Afternoon) -> None:
    _open(page, afternoon, "Zorg van dubbel")
    assert "Misschien dubbel" in page.inner_text("main")
    page.get_by_role("button", name="Wijs af").click()
    assert "Schrijf op waarom u dit afwijst." in page.inner_text("[role=alert]")
    page.get_by_label("Toelichting voor de aanbieder").fill("U staat al in de gids.")
    page.get_by_role("button", name="Wijs af").click()
    assert "is afgewezen" in page.inner_text("[role=status]")
    _open(page, afternoon, "Zorg van bsn")
    assert "burgerservicenummer" in page.inner_text("main")
    _comment(page, "Vertel iets meer (De organisatie)", "Haal dit nummer weg.")
    page.get_by_role("button", name="Stuur terug met opmerkingen").click()
    _open(page, afternoon, "Zorg van reclame")
    page.get_by_label("Toelichting voor de aanbieder").fill("Dit is reclame.")
    page.get_by_role("button", name="Wijs af").click()


def _answer_again(page: Page, afternoon: Afternoon) -> str:
    """The provider answers a comment, and the answer is approved; its number."""
    fret = afternoon.senders["fret"]
    before = part(afternoon.hall.forms, fret.organisation, "organisation").answers
    fret.fill({"organisation": {**before, "summary": "Fret helpt u thuis."}}, "fret@example.nl")
    number = fret.send()
    _open(page, afternoon, "Zorg van fret")
    assert "Wie is wij?" in page.inner_text("form .wf-said")
    page.get_by_role("button", name="Keur goed").click()
    return number


def _is_live(afternoon: Afternoon) -> None:
    """What was approved stands in the guide and in its history, signed by whose words it is; nothing else does."""
    assert "Wij openen samen uw post." in afternoon.hall.page("alfa-thuis")
    assert "Eend helpt u thuis." in afternoon.hall.page("eend")
    assert "Fret helpt u thuis." in afternoon.hall.page("fret")
    for name in ("dubbel", "bsn", "reclame"):
        assert not (afternoon.hall.site / REGION / "aanbieders" / name).exists()
    authors = {one.author.name for one in History(afternoon.hall.content.root).versions(limit=7)}
    assert authors == {"Zorg van alfa-thuis", *(f"Zorg van {name}" for name in GOOD)}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_a_review(afternoon: Afternoon, browser: Browser, width: int, tmp_path: Path) -> None:
    """No page of the review has a fault that axe finds, or is wider than its screen."""
    number = afternoon.alfa.send()
    newer = afternoon.senders["bsn"].send()
    page = afternoon.sign_in(browser, viewport={"width": width, "height": 844}, bypass_csp=True)
    edit = f"{QUEUE}{number}/wijzigen/{OFFERING}"
    for path in (QUEUE, f"{QUEUE}{number}/", f"{QUEUE}{newer}/", edit, f"{QUEUE}{number}/voorbeeld"):
        page.goto(f"{afternoon.base}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = violations(page, ((width, "light"), (width, "dark")))
        page.screenshot(path=tmp_path / f"{path.strip('/').replace('/', '-')}-{width}.png", full_page=True)
        assert found == {}, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()


def test_a_card_has_room_for_its_words_on_a_phone(afternoon: Afternoon, browser: Browser) -> None:
    """In a card with questions and answers each answer stands below its question on a phone, so that no word is broken."""
    number = afternoon.alfa.send()
    page = afternoon.sign_in(browser)
    page.goto(f"{afternoon.base}{QUEUE}{number}/")
    edges = [page.locator(f".wg-card .wg-facts {part}").first.bounding_box() for part in ("dt", "dd")]

    assert edges[0] is not None
    assert edges[1] is not None
    assert edges[0]["x"] == edges[1]["x"]
    assert edges[0]["y"] + edges[0]["height"] <= edges[1]["y"]
    page.context.close()


def test_the_menu_marks_the_page_that_is_open(afternoon: Afternoon, browser: Browser) -> None:
    """The place in the menu where the reader is looks different from the others, and all of the menu fits on one line."""
    page = afternoon.sign_in(browser, viewport={"width": 1280, "height": 844})
    page.goto(f"{afternoon.base}{QUEUE}")
    menu = page.locator(".wf-account li > a")
    weights = menu.evaluate_all("every => every.map(one => getComputedStyle(one).fontWeight)")
    marked = [name for name, weight in zip(menu.all_inner_texts(), weights, strict=True) if int(weight) > 400]
    tops = menu.evaluate_all("every => every.map(one => one.getBoundingClientRect().top)")

    assert marked == ["Wachtrij"]
    assert len(set(tops)) == 1
    page.context.close()
