"""The page of one submission."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from provider_forms.desk.links import LinkChecker, Result
from provider_forms.desk.staff_models import Opened
from tests.builders import ContentFolder
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.provider.filling import elements
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, administrator, reviewer
from tests.provider_forms.staff.sending import QUEUE, Sender, by_number, changed, newcomer, sender
from tests.provider_forms.visiting import Browser, Forms, make_forms, text_of


@pytest.fixture
def one(forms: Forms, sample: ContentFolder) -> Sender:
    """A manager of a provider that the guide has."""
    return sender(forms, sample)


def _sent(one: Sender, sample: ContentFolder) -> str:
    """The address of the page of a submission with one word changed."""
    one.fill(changed(sample, OFFERING, summary="Wij openen samen uw post."))
    return f"{QUEUE}{one.send()}/"


def test_changed_words_are_marked_and_told(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """A changed word is marked by its element and by words for who can't see that; unchanged answers are folded away."""
    page = reviewer(forms).get(_sent(one, sample))

    assert [node.text_content() for node in elements(page, "//form//dd//del")] == ["[weg: de ]"]
    assert [node.text_content() for node in elements(page, "//form//dd//ins")] == ["[erbij: uw ]"]
    assert "10 antwoorden zijn gelijk gebleven" in text_of(page)
    assert elements(page, "//details//dd[contains(., 'Elke week komt er iemand bij u thuis.')]")


def test_the_mail_to_staff_leads_to_the_page(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """The mail about a new submission links to its page."""
    page = _sent(one, sample)
    mail = next(mail for mail in forms.mails() if mail["To"] == "gids@duinrand.example.nl")

    assert f"http://gids.test{page}" in mail.get_content()


def test_changed_parts_stand_first(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """Parts in which something changed come first; otherwise organisation, locations and offerings stand as in the form."""
    page = reviewer(forms).get(_sent(one, sample))

    assert [node.text_content() for node in elements(page, "//form//h3")] == [
        "Aanbod: Post en papieren",
        "De organisatie",
        "Locatie: Kantoor",
        "Aanbod: Een fijne dag",
    ]
    assert elements(page, "//a[@href='#besluit']")


def test_a_new_provider_and_what_is_taken_away_are_told_as_such(
    forms: Forms, sample: ContentFolder, one: Sender
) -> None:
    """A new provider is told as new, and an offering that goes away as a whole."""
    first = newcomer(forms, sample, "nieuw", "nora@example.nl").send()
    browser = reviewer(forms)
    one.fill({"blocks": {"blocks": ["post-en-papieren"], "edition": "2024", "ends": {}}})
    second = one.send()

    assert "Een nieuwe aanbieder." in text_of(browser.get(f"{QUEUE}{first}/"))
    assert "Aanbod: Een fijne dag Dit hele onderdeel gaat weg." in text_of(browser.get(f"{QUEUE}{second}/"))


def test_answers_for_staff_stand_apart(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """What is for staff alone, and what doesn't fit the matrix, stands in a part of its own."""
    one.fill({"misfit": {"misfit": "Wij varen met mensen."}})
    page = reviewer(forms).get(_sent(one, sample))
    apart = text_of(page).partition("Alleen voor medewerkers")[2][:200]

    assert "Wie kunnen wij bellen? Marieke, 012 345 67 99" in apart
    assert "Wij varen met mensen." in apart


def test_what_to_look_at_and_what_the_provider_was_advised_stand_apart(tmp_path: Path, content: ContentFolder) -> None:
    """What staff have to look at stands under a heading of its own; the meter's words to the provider are told as such."""
    rule = {"key": "description", "part": "organisation", "check": "length", "questions": ["description"], "least": 150}
    rule |= {"points": 1, "good": "Mooi.", "advice": "Vertel meer."}
    content.write("quality.yaml", {"rules": [rule]})
    forms = make_forms(tmp_path / "var", content.root)
    made = newcomer(forms, content, "nieuw", "nora@example.nl", description="Bel over 111222333.")
    page = text_of(reviewer(forms).get(f"{QUEUE}{made.send()}/"))
    noticed, _, rest = page.partition("Kijk hiernaar")[2].partition("Kwaliteitsmeter:")
    advised = rest.partition("Alleen voor medewerkers")[0]

    assert "burgerservicenummer" in noticed
    assert "Vertel meer." not in noticed
    assert "De aanbieder zag dit ook, met dit advies:" in advised
    assert "Vertel meer." in advised


def test_looking_tells_the_others(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """Who opens a submission first has it; a second reviewer reads who and since when, and can take it over."""
    page = _sent(one, sample)
    first, second = reviewer(forms), administrator(forms)
    first.get(page)
    forms.clock.forward(timedelta(minutes=10))

    assert "rosa@regio.example.nl heeft deze inzending open sinds 15 januari 2026 om 13.00 uur" in text_of(
        second.get(page)
    )
    assert "heeft deze inzending open" not in text_of(first.get(page))
    assert "rosa@regio.example.nl heeft dit open" in text_of(second.get(QUEUE))
    assert "U hebt dit open" in text_of(first.get(QUEUE))
    second.get(page)
    second.post(f"{page}overnemen")
    assert f"{ADMINISTRATOR} heeft deze inzending open" in text_of(first.get(page))


def test_looking_holds_the_provider_and_putting_back_lets_go(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """While staff look, the provider can't send something newer; put back in the queue, it can."""
    page = _sent(one, sample)
    browser = reviewer(forms)
    browser.get(page)
    number = page.split("/")[-2]
    assert by_number(forms, number).state == "in_review"
    one.fill({"misfit": {"misfit": "Wij varen."}})
    with pytest.raises(AssertionError, match="Een medewerker bekijkt nu uw vorige aanbod"):
        one.send()
    answer = browser.post(f"{page}terugleggen")

    assert "ligt weer in de wachtrij" in text_of(browser.get(answer.location))
    assert by_number(forms, number).state == "received"
    with forms.desk.database.read() as db:
        assert db.query(Opened).count() == 0
    newer = one.send()
    assert by_number(forms, number).state == "withdrawn"
    told = browser.get(page)
    assert "stuurde intussen iets nieuwers" in text_of(told)
    assert 'name="doe"' not in told.text
    assert newer in text_of(browser.get(QUEUE))


def test_the_preview_is_the_guides_own_page(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """The preview shows the pages that it would make, with the new words; a page that it doesn't make isn't there."""
    page = _sent(one, sample)
    browser = reviewer(forms)
    shown = browser.get(f"{page}voorbeeld")

    assert "Wij openen samen uw post." in text_of(shown)
    assert browser.get(f"{page}voorbeeld?pagina=/duinrand/hulp/post-en-papieren/zandhoek/").status_code in (200, 404)
    assert browser.get(f"{page}voorbeeld?pagina=/nergens/").status_code == 404


def test_warnings_stand_on_the_page(forms: Forms, sample: ContentFolder) -> None:
    """A likely duplicate and a number that can be a citizen's are told on the page."""
    two = newcomer(forms, sample, "nieuw", "nora@example.nl", kvk="01234567", description="Bel over 111222333.")
    text = text_of(reviewer(forms).get(f"{QUEUE}{two.send()}/"))

    assert "Misschien dubbel. Lijkt op Alfa Thuis" in text
    assert "111••••••" in text


def test_a_likely_duplicate_that_waits_too_is_told(forms: Forms, sample: ContentFolder) -> None:
    """Of two newcomers with one KvK number each page tells of the other one, which isn't in the guide yet, with a link."""
    numbers = [
        newcomer(forms, sample, slug, f"{slug}@example.nl", kvk="12345678").send()
        for slug in ("nieuw-een", "nieuw-twee")
    ]
    browser = reviewer(forms)

    for mine, other, name in zip(numbers, reversed(numbers), ("nieuw-twee", "nieuw-een"), strict=True):
        page = browser.get(f"{QUEUE}{mine}/")
        assert f"Lijkt op Zorg {name}, die ook in de wachtrij staat: hetzelfde KvK-nummer" in text_of(page)
        assert f'href="{QUEUE}{other}/"' in page.text


def test_the_decision_is_one_jump_away(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """Above the answers stands a link to the decision, below them."""
    page = reviewer(forms).get(_sent(one, sample))

    assert 0 < page.text.find('href="#besluit"') < page.text.find("<h3") < page.text.find('id="besluit"')


def test_links_are_looked_at_in_the_background(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """A dead link is told once it was looked at; the page doesn't wait for it."""
    page = _sent(one, sample)
    checker = LinkChecker(forms.desk.database, lambda _: Result(works=False, problem="De pagina is weg."))
    forms.app.extensions["links"] = checker
    forms.app.config["CHECK_LINKS"] = True
    browser = reviewer(forms)
    browser.get(page)
    checker.settle()
    text = text_of(browser.get(page))
    checker.close()

    assert "Link. https://alfa.example.nl werkt niet. De pagina is weg." in text


@pytest.mark.parametrize(
    "path", ["2026-0099/", "2026-0099/voorbeeld", "2026-0099/samenvoegen", "x/wijzigen/organisation"]
)
def test_unknown_numbers_are_no_pages(forms: Forms, path: str) -> None:
    """A number that nobody sent has no pages."""
    assert reviewer(forms).get(f"{QUEUE}{path}").status_code == 404


def test_what_needs_no_review_has_no_page(forms: Forms, one: Sender) -> None:
    """A change of the fast lane is not in the queue and has no page there."""
    path = f"{one.home}/wachttijd"
    page = one.browser.get(path)
    shown = {node.get("name"): node.get("value") for node in elements(page, "//input[starts-with(@name, 'was.')]")}
    one.browser.post(path, {**shown, "a.waiting_weeks.2024.post-en-papieren": "9"})
    browser = reviewer(forms)

    assert by_number(forms, "2026-0001").kind == "fast"
    assert "Er wacht niets." in text_of(browser.get(QUEUE))
    assert browser.get(f"{QUEUE}2026-0001/").status_code == 404


def _names(browser: Browser, path: str) -> list[str]:
    return [node.text_content() for node in elements(browser.get(path), "//ul[@class='wf-tasks']//a")]


def test_the_queue_is_filtered(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """The queue has the oldest first, with its age, and shows what fits the block, municipality and kind asked for."""
    _sent(one, sample)
    forms.clock.forward(timedelta(days=3))
    beta = sender(forms, sample, "beta-dag", "bea@example.nl")
    draft = beta.browser.get(f"{beta.home}/controleren")
    assert draft.status_code == 200
    forms.clock.forward(timedelta(days=15))
    newcomer(forms, sample, "nieuw", "nora@example.nl").send()
    browser = reviewer(forms)

    assert _names(browser, QUEUE) == ["Zorg van alfa-thuis", "Zorg van nieuw"]
    assert "wacht 2 weken" in text_of(browser.get(QUEUE))
    assert "vandaag binnengekomen" in text_of(browser.get(QUEUE))
    assert _names(browser, f"{QUEUE}?soort=texts") == ["Zorg van alfa-thuis"]
    assert _names(browser, f"{QUEUE}?soort=new") == ["Zorg van nieuw"]
    assert _names(browser, f"{QUEUE}?bouwsteen=dag-buiten") == ["Zorg van nieuw"]
    assert _names(browser, f"{QUEUE}?bouwsteen=post-en-papieren&gemeente=helmdorp") == [
        "Zorg van alfa-thuis",
        "Zorg van nieuw",
    ]
    assert _names(browser, f"{QUEUE}?gemeente=nergens") == []
    assert "Toon alles" in text_of(browser.get(f"{QUEUE}?gemeente=nergens"))
