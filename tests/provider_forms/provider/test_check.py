"""The page with all answers, and the preview of the guide's own pages."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from markupsafe import escape

from tests.builders import HOME, ContentFolder
from tests.provider_forms.drafting import OFFERING, TODAY, fill, full_parts
from tests.provider_forms.provider.filling import elements, fill_in
from tests.provider_forms.visiting import MANAGER, SLUG, Browser, Forms, make_forms, text_of, title_of
from wmo_guide.publication import Publication
from wmo_guide.publishing import publish

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} **vet** <b>x</b> & `code` - a: b"


def _begun(forms: Forms, content: ContentFolder, **changes: dict[str, str]) -> tuple[Browser, str]:
    """A browser of a manager with a full draft, and the address of its pages."""
    organisation = forms.organisation(MANAGER)
    parts = full_parts(content)
    for name, answers in changes.items():
        parts.setdefault(OFFERING if name == "offering" else name, {}).update(answers)
    fill(forms, organisation, parts)
    return forms.signed_in(), f"/aanbieder/{organisation}"


def test_every_answer_is_shown_with_a_way_to_change_it(forms: Forms, sample: ContentFolder) -> None:
    """Each question that is asked stands on the page with its answer and a link to its own input."""
    browser, home = _begun(forms, sample)
    page = browser.get(f"{home}/controleren")

    assert page.status_code == 200
    text = text_of(page)
    for words in ("Wij openen samen de post.", "Eén op één", "Licht, Zwaar", "3 weken", "1234 AB", "Marieke"):
        assert words in text
    assert f'href="{home}/aanbod/2024/post-en-papieren?nakijken=ja#v-waiting_weeks"' in page.text
    assert f'href="{home}/organisatie?nakijken=ja#v-name"' in page.text
    assert f'href="{home}/locaties/kantoor?nakijken=ja#v-postcode"' in page.text


def test_links_to_change_name_what_they_change(forms: Forms, sample: ContentFolder) -> None:
    """A screen reader hears with each link which answer of which part it changes."""
    browser, home = _begun(forms, sample)
    page = browser.get(f"{home}/controleren")

    assert 'Wijzig<span class="wg-visually-hidden">: Hoe heet u? (Uw organisatie)</span>' in page.text


def test_answers_for_staff_are_marked(forms: Forms, sample: ContentFolder) -> None:
    """Answers that only staff read are marked so."""
    browser, home = _begun(forms, sample)

    assert "Wie kunnen wij bellen? (alleen voor medewerkers van de gids)" in text_of(browser.get(f"{home}/controleren"))


def test_a_half_draft_cant_be_sent(forms: Forms, sample: ContentFolder) -> None:
    """A draft with something missing shows exactly what, with a link, and no button to send."""
    browser, home = _begun(forms, sample, offering={"what": ""})
    page = browser.get(f"{home}/controleren")

    assert "Er mist nog 1 ding" in text_of(page)
    assert f'href="{home}/aanbod/2024/post-en-papieren?nakijken=ja#v-what"' in page.text
    assert "Verstuur uw aanbod</button>" not in page.text


def test_a_full_draft_can_be_sent(forms: Forms, sample: ContentFolder) -> None:
    """A complete draft has a button to send it."""
    browser, home = _begun(forms, sample)

    assert "Verstuur uw aanbod</button>" in browser.get(f"{home}/controleren").text


def test_an_empty_draft_shows_what_to_begin_with(forms: Forms) -> None:
    """Who has filled in nothing yet sees what is missing, and no error."""
    organisation = forms.organisation(MANAGER, slug="nieuw")
    page = forms.signed_in().get(f"/aanbieder/{organisation}/controleren")

    assert page.status_code == 200
    assert "Kies minstens 1 bouwsteen" in text_of(page)


def test_a_wrong_answer_is_shown_as_it_was_typed(forms: Forms, sample: ContentFolder) -> None:
    """An answer that is wrong is shown as it was typed, with what to do."""
    browser, home = _begun(forms, sample, organisation={"kvk": "12-ab"})
    text = text_of(browser.get(f"{home}/controleren"))

    assert "12-ab" in text


@pytest.mark.parametrize("end", ["gauw", "31-2-2027", "0"])
def test_an_end_that_is_no_day_is_missing(forms: Forms, sample: ContentFolder, end: str) -> None:
    """Something else than a day as the end of an offering keeps it from being sent, counts, and leads to its page."""
    browser, home = _begun(forms, sample)
    fill_in(browser, f"{home}/aanbod/2024/post-en-papieren/einde", {"end": end}, "later")
    page = browser.get(f"{home}/controleren")

    assert "Er mist nog 1 ding" in text_of(page)
    assert f"{home}/aanbod/2024/post-en-papieren/einde?nakijken=ja#" in page.text
    assert "Verstuur uw aanbod" not in text_of(page)


@pytest.mark.parametrize(
    ("end", "day", "times_told"), [("31-12-2026", "31 december 2026", 0), ("14-1-2026", "14 januari 2026", 1)]
)
def test_the_last_day_is_an_answer_to_check(
    forms: Forms, sample: ContentFolder, end: str, day: str, times_told: int
) -> None:
    """The day on which an offering ends is shown with a way to change it; one that is over says that the guide drops the offering."""
    browser, home = _begun(forms, sample)
    fill_in(browser, f"{home}/aanbod/2024/post-en-papieren/einde", {"end": end})
    page = browser.get(f"{home}/controleren")

    assert f"Wat is de laatste dag waarop u dit biedt? {day}" in text_of(page)
    assert f'href="{home}/aanbod/2024/post-en-papieren/einde' in page.text
    assert text_of(page).count("Deze dag is voorbij") == times_told


def test_what_doesnt_fit_is_checked_too(forms: Forms, sample: ContentFolder) -> None:
    """A text about what doesn't fit that is too long is told with a link to its page, and nothing can be sent."""
    browser, home = _begun(forms, sample)
    fill_in(browser, f"{home}/past-niet", {"misfit": "Wij varen. " * 300}, "later")
    page = browser.get(f"{home}/controleren")

    assert "Er mist nog 1 ding" in text_of(page)
    assert f'href="{home}/past-niet?nakijken=ja#v-misfit"' in page.text
    assert "Verstuur uw aanbod" not in text_of(page)


def test_what_was_not_sent_is_told_in_the_title(forms: Forms, sample: ContentFolder) -> None:
    """After a refused sending the title of the window says so first."""
    browser, home = _begun(forms, sample)
    browser.get(f"{home}/controleren")

    assert title_of(browser.post(f"{home}/versturen", {"seen": "x"})).startswith("Niet verstuurd")


def test_citizens_numbers_are_listed(forms: Forms, sample: ContentFolder) -> None:
    """The page names every number that can be a BSN, in each part, with a link to its input."""
    browser, home = _begun(forms, sample, offering={"what": "Voor 111222333."}, misfit={"misfit": "En 123456782."})
    page = browser.get(f"{home}/controleren")

    assert "Let op: persoonsgegevens" in text_of(page)
    assert "111••••••" in text_of(page)
    assert "123••••••" in text_of(page)
    assert f'{home}/aanbod/2024/post-en-papieren?nakijken=ja#v-what">Kijk het antwoord na' in page.text
    assert f'{home}/past-niet?nakijken=ja#v-misfit">Kijk het antwoord na' in page.text


def test_hostile_text_is_shown_literally(forms: Forms, sample: ContentFolder) -> None:
    """HTML, Markdown, Jinja and YAML in an answer are shown as they were typed, on the check page and in the preview."""
    browser, home = _begun(forms, sample, offering={"what": HOSTILE, "summary": HOSTILE})
    for page in (browser.get(f"{home}/controleren"), browser.get(f"{home}/voorbeeld")):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert str(escape(HOSTILE)) in page.text


def test_a_new_question_appears_without_code(tmp_path: Path, content: ContentFolder) -> None:
    """A question added in YAML stands on the check page, in the preview and in what is sent."""
    question = {"key": "garden", "kind": "line", "label": "Hebt u een tuin?", "page_label": "Tuin"}
    content.put(
        "questions/offering.yaml", ("questions", len(content.tree("questions/offering.yaml")["questions"])), question
    )
    forms = make_forms(tmp_path / "var", content.root)
    browser, home = _begun(forms, content, offering={"garden": "Ja, een grote."})

    assert "Hebt u een tuin?" in text_of(browser.get(f"{home}/controleren"))
    assert "Tuin Ja, een grote." in text_of(browser.get(f"{home}/voorbeeld"))
    forms.desk.close()


def test_the_meter_gives_reasons_with_links(tmp_path: Path, content: ContentFolder) -> None:
    """The meter shows its score, and for what could be better a reason with a link to the input."""
    rule = {"key": "r", "part": "offering", "check": "length", "questions": ["what"], "least": "500"}
    content.write("quality.yaml", {"rules": [{**rule, "good": "Mooi.", "advice": "Vertel meer over wat u doet."}]})
    forms = make_forms(tmp_path / "var", content.root)
    browser, home = _begun(forms, content)
    page = browser.get(f"{home}/controleren")

    assert "0 van de 100 punten" in text_of(page)
    assert f'href="{home}/aanbod/2024/post-en-papieren?nakijken=ja#v-what">Post en papieren<' in page.text
    assert "Vertel meer over wat u doet." in text_of(page)
    assert "Verstuur uw aanbod</button>" in page.text
    forms.desk.close()


def test_the_preview_is_the_page_of_the_guide(tmp_path: Path, content: ContentFolder) -> None:
    """Each page of the preview is, in the content area, byte for byte the page of the guide after publication."""
    forms = make_forms(tmp_path / "var", content.root)
    browser, home = _begun(forms, content, offering={"what": HOSTILE, "waiting_weeks": "9"})
    browser.get(f"{home}/controleren")
    addresses = _pages(browser, home)
    shown = {url: _content_area(browser.get(f"{home}/voorbeeld?pagina={url}").text) for url in addresses}
    content.raw(f"{HOME}/providers/{SLUG}.yaml", _sent_payload(forms, browser, home))
    site = tmp_path / "site"
    publish(Publication(content.root, site, tmp_path / "cache", day=TODAY))

    assert len(shown) > 4
    for url, area in shown.items():
        printed = _content_area((site / "current" / url.strip("/") / "index.html").read_text(encoding="utf-8"))
        assert "<h1>" in printed
        assert area.endswith(printed), url
        assert area.removesuffix(printed).startswith('<div class="wg-notice wf-preview-bar"')
    forms.desk.close()


def test_the_preview_shows_the_parts_that_are_done(forms: Forms, sample: ContentFolder) -> None:
    """While one block is half done the preview shows the others."""
    browser, home = _begun(forms, sample, offering={"what": ""})
    text = text_of(browser.get(f"{home}/voorbeeld"))

    assert "Een dag in onze tuin." in text
    assert "Wij openen samen de post." not in text


def test_without_a_finished_organisation_there_is_no_preview(forms: Forms, sample: ContentFolder) -> None:
    """When the page about the organisation isn't done there is no preview, and the page says what to do."""
    browser, home = _begun(forms, sample, organisation={"name": ""})
    page = browser.get(f"{home}/voorbeeld")

    assert page.status_code == 200
    assert "Er is nog geen voorbeeld" in text_of(page)


@pytest.mark.parametrize("address", ["/", "/duinrand/kosten/", "../../etc/passwd", "/duinrand/aanbieders/beta-dag/"])
def test_only_ones_own_pages_are_previewed(forms: Forms, sample: ContentFolder, address: str) -> None:
    """A page that doesn't show the organisation's data has no preview."""
    browser, home = _begun(forms, sample)

    assert browser.get(f"{home}/voorbeeld", query_string={"pagina": address}).status_code == 404


def _pages(browser: Browser, home: str) -> list[str]:
    page = browser.get(f"{home}/voorbeeld")
    links = [part.partition('"')[0] for part in page.text.split(f'href="{home}/voorbeeld?pagina=')[1:]]
    return [unescape(link).replace("%2F", "/") for link in links] + [f"/duinrand/aanbieders/{SLUG}/"]


def _content_area(html: str) -> str:
    inner = html.partition('<div class="md-content__inner md-typeset">\n')[2]
    return inner.partition("\n</div>\n</div>\n</div>\n</main>")[0].rstrip("\n")


def _sent_payload(forms: Forms, browser: Browser, home: str) -> str:
    page = browser.get(f"{home}/controleren")
    seen = page.text.partition('name="seen" value="')[2].partition('"')[0]
    number = browser.post(f"{home}/versturen", {"seen": seen}).location.rpartition("/")[2]
    result = forms.app.test_cli_runner().invoke(args=["export", number])
    assert result.exit_code == 0
    return result.output


def test_equal_advice_is_told_once(tmp_path: Path, content: ContentFolder) -> None:
    """Advice that holds for several blocks stands there once, with a link to each of them."""
    rule = {"key": "r", "part": "offering", "check": "length", "questions": ["what"], "least": "500"}
    content.write("quality.yaml", {"rules": [{**rule, "good": "Mooi.", "advice": "Vertel meer over wat u doet."}]})
    forms = make_forms(tmp_path / "var", content.root)
    browser, home = _begun(forms, content, **{"offering/2024/dag-buiten": {"what": "Wij werken in de tuin."}})
    page = browser.get(f"{home}/controleren")
    links = elements(page, "//section[@aria-labelledby='kwaliteit']//a")

    assert [(one.text, one.attrib["href"].rpartition("/")[2]) for one in links] == [
        ("Post en papieren", "post-en-papieren?nakijken=ja#v-what"),
        ("Een fijne dag", "dag-buiten?nakijken=ja#v-what"),
    ]
    assert [
        one.text.strip() for one in elements(page, "//section[@aria-labelledby='kwaliteit']/ul/li") if one.text
    ] == ["Vertel meer over wat u doet."]
    forms.desk.close()


def test_the_skip_link_passes_the_account(forms: Forms, sample: ContentFolder) -> None:
    """The first link of a page leads past the menu of the account, on the preview too."""
    browser, home = _begun(forms, sample)
    for path in ("/", "/controleren", "/voorbeeld"):
        page = browser.get(home + path)
        skip = elements(page, "//a[@class='wg-skip']")[0].attrib["href"].removeprefix("#")

        assert len(elements(page, f"//*[@id='{skip}']")) == 1
        assert not elements(page, f"//*[@id='{skip}']/following::*[@class='wf-account']")
        assert not elements(page, f"//*[@id='{skip}']//*[@class='wf-account']")
