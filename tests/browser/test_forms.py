"""The provider's door on a phone: from the mailed link to sent, without JavaScript, by keyboard, and for axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from provider_forms.desk import people, sessions
from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.browser.online import SHIPPED
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Clock, Forms, make_forms
from tools.serving import answering

DAY = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
EXAMPLE = "voorbeeld-buurtkracht"
BLOCKS = ("Post en geldzaken", "Mensen om u heen en meedoen", "Werken met begeleiding")
OFFERING = "aanbod/2017/sociaal-netwerk"
PAGES = (
    "",
    "organisatie",
    "locaties",
    "locaties/broek",
    "bouwstenen",
    "past-niet",
    OFFERING,
    f"{OFFERING}/einde",
    "organisatie?nakijken=ja",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Forms, str]]:
    """The forms over the shipped content, behind a real server."""
    forms = make_forms(tmp_path_factory.mktemp("forms") / "var", SHIPPED, Clock(DAY))
    with answering(forms.app) as base:
        yield forms, base
    forms.desk.close()


def _home(served: tuple[Forms, str], slug: str) -> str:
    forms, base = served
    return f"{base}/aanbieder/{forms.organisation(MANAGER, COLLEAGUE, slug=slug, region='alkmaar')}/"


def _sign_in(served: tuple[Forms, str], context: BrowserContext, email: str = MANAGER) -> Page:
    forms, base = served
    with forms.desk.database.write() as session:
        token = sessions.begin(session, people.person(session, email, DAY).id, "", DAY)
    context.add_cookies([{"name": "wmo", "value": token, "url": base}])
    return context.new_page()


@pytest.fixture
def phone_context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of its own, into which axe may be put."""
    context = browser.new_context(**PHONE, bypass_csp=True)
    yield context
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_three_blocks_from_link_to_sent(served: tuple[Forms, str], browser: Browser, *, script: bool) -> None:
    """Somebody with a phone goes from the mailed link to the number of what was sent, with and without JavaScript."""
    forms, base = served
    _home(served, f"nieuw-{script}".lower())
    context = browser.new_context(**PHONE, java_script_enabled=script)
    page = context.new_page()

    page.goto(f"{base}/aanbieder/inloggen")
    page.get_by_label("Uw e-mailadres").fill(MANAGER)
    page.get_by_role("button", name="Stuur mij een link").click()
    page.goto(base + forms.last_link())
    page.get_by_role("button", name="Inloggen").click()
    if page.get_by_text("Voor welke organisatie").count():
        page.get_by_role("link", name=f"nieuw-{script}".lower()).click()
    _fill_in_everything(page)

    assert "verstuurd" in page.get_by_role("heading", level=1).inner_text().lower()
    assert "2026-" in page.get_by_role("main").inner_text()
    context.close()


def _fill_in_everything(page: Page) -> None:
    page.get_by_role("link", name="Uw organisatie").click()
    page.get_by_label("Wat doet uw organisatie, in één zin?").fill("Wij helpen u thuis met post en plannen.")
    _answer(page, "Op welk telefoonnummer").fill("072 123 45 67")
    _save(page)
    page.get_by_role("link", name="Verder naar de bouwstenen").click()
    for block in BLOCKS:
        _press(page, block)
    _save(page)
    _describe(page)
    for _ in BLOCKS[1:]:
        with page.expect_navigation():
            page.get_by_role("button", name=f"Antwoorden overnemen van: {BLOCKS[0]}").click()
        _save(page)
    page.get_by_role("button", name="Verstuur uw aanbod").click()


def _answer(page: Page, question: str) -> Locator:
    """The field of a question that another question's label may name too."""
    return page.get_by_label(re.compile(f"^{re.escape(question)}"))


def _describe(page: Page) -> None:
    page.get_by_label("Wat doet u bij deze bouwsteen").fill("Wij openen samen met u de post.")
    page.get_by_label("Wat doet u precies?").fill("Een begeleider komt elke week bij u thuis.")
    page.get_by_label("Hoe begint de hulp?").fill("U belt ons. Wij maken een afspraak.")
    _answer(page, "Hoeveel weken is de wachttijd nu").fill("3 weken")
    for choice in ("Ouderen", "Bij de inwoner thuis", "De hele regio", "Niet nodig"):
        _press(page, choice)
    _save(page)


def _press(page: Page, label: str) -> None:
    page.locator("label", has_text=label).first.click()


def _save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Opslaan en verder").click()


@pytest.mark.parametrize("path", PAGES)
def test_form_is_accessible(served: tuple[Forms, str], phone_context: BrowserContext, path: str) -> None:
    """With no rule off, axe finds no violation on the form's pages at 1280 and 390 px, light and dark."""
    page = _sign_in(served, phone_context)
    page.goto(_home(served, EXAMPLE) + path)

    assert violations(page) == {}


def test_merge_page_is_accessible(served: tuple[Forms, str], browser: Browser, phone_context: BrowserContext) -> None:
    """Two versions side by side are as accessible as the form."""
    mine, other = _sign_in(served, phone_context), browser.new_context(**PHONE)
    theirs = _sign_in(served, other, COLLEAGUE)
    for page in (mine, theirs):
        page.goto(_home(served, EXAMPLE) + OFFERING)
    for page, text in ((theirs, "Hun tekst"), (mine, "Mijn tekst")):
        page.get_by_label("Wat doet u precies?").fill(text)
        _save(page)
    other.close()

    assert (
        "Mijn tekst"
        in mine.get_by_role("group", name="Wat doet u precies?")
        .or_(mine.get_by_role("radiogroup", name="Wat doet u precies?"))
        .first.inner_text()
    )
    assert violations(mine) == {}


@pytest.mark.parametrize("path", PAGES)
def test_form_fits_a_small_phone(served: tuple[Forms, str], phone_context: BrowserContext, path: str) -> None:
    """At 320 px wide no page scrolls sideways."""
    page = _sign_in(served, phone_context)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(_home(served, EXAMPLE) + path)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_errors_get_the_focus_and_lead_to_the_field(served: tuple[Forms, str], phone_context: BrowserContext) -> None:
    """After a wrong answer the summary has the focus; Tab and Enter bring the reader to the field."""
    page = _sign_in(served, phone_context)
    page.goto(_home(served, "nieuw-fout") + "organisatie")
    page.get_by_label("Hoe heet uw organisatie?").press("Enter")

    assert page.title().startswith("Het formulier is niet verzonden, er zijn 2 foutmeldingen")
    assert page.evaluate("document.activeElement.id") == "fouten"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("Wij helpen.")
    assert page.get_by_label("Wat doet uw organisatie, in één zin?").input_value() == "Wij helpen."


def test_keyboard_alone_fills_in_a_page(served: tuple[Forms, str], phone_context: BrowserContext) -> None:
    """Every input and button of an offering is reached with Tab and shows that it has the focus; Space chooses, Enter saves."""
    page = _sign_in(served, phone_context)
    page.goto(_home(served, EXAMPLE) + "aanbod/2017/administratie-en-financien")
    wanted = page.locator("form.wf-questions :is(input:not([type=hidden]), textarea, button:not([tabindex]))").count()
    page.get_by_role("link", name="Naar uw overzicht").focus()
    seen, hidden = set(), set()
    for _ in range(wanted + 40):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
        seen.add(found["id"])
        if not found["outlined"]:
            hidden.add(found["id"])
        if found["value"] == "later":
            break

    radios = page.evaluate("[...document.querySelectorAll('form.wf-questions [type=radio]')].length")
    groups = page.evaluate(
        "new Set([...document.querySelectorAll('form.wf-questions [type=radio]')].map(o => o.name)).size"
    )
    folded = page.locator("form.wf-questions details:not([open]) button").count()
    assert hidden == set()
    assert len(seen) >= wanted - radios + groups - folded


_FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return {id: one.id || one.name + one.value + one.textContent, value: one.value || '',
          outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0};
}"""


def test_typing_is_saved_by_itself(served: tuple[Forms, str], phone_context: BrowserContext) -> None:
    """While somebody types, the page saves itself and tells so; closed and opened again, the text is there."""
    page = _sign_in(served, phone_context)
    address = _home(served, "nieuw-zelf") + "organisatie"
    page.goto(address)
    page.get_by_label("Vertel iets meer").press_sequentially("Wij zijn met z'n drieën.")

    page.get_by_text("Opgeslagen om").wait_for(timeout=15_000)
    page.close()

    page = phone_context.new_page()
    page.goto(address)
    assert page.get_by_label("Vertel iets meer").input_value() == "Wij zijn met z'n drieën."
