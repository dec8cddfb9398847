"""The overview of staff: gaps, ages, waiting times, and what doesn't fit the matrix."""

from __future__ import annotations

import pytest

from provider_forms.desk.models import Submission
from tests.builders import PLAIN_REGION, REGION
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms, text_of

START = "/beheer/overzicht/"


def send(forms: Forms, organisation: int, text: str, number: str) -> None:
    """A form in which a provider says that something doesn't fit."""
    with forms.desk.database.write() as session:
        session.add(
            Submission(
                number=number,
                kind="form",
                organisation_id=organisation,
                payload="",
                private={"misfit": {"misfit": text}},
                base="",
                state="published",
                sent_at=forms.clock(),
                sent_by=1,
                changed_at=forms.clock(),
            )
        )


@pytest.mark.parametrize("page", ["", "dekking/", "actueel/", "zoekwoorden/", "wachttijden/", "past-niet/"])
@pytest.mark.parametrize("region", [REGION, PLAIN_REGION])
def test_every_page_opens_in_every_region(forms: Forms, page: str, region: str) -> None:
    """Also in a region without a matrix or providers; a region that isn't there is no page."""
    browser = reviewer(forms)

    assert browser.get(f"{START}{page}?regio={region}").status_code == 200
    assert browser.get(f"{START}{page}?regio=nergens").status_code == 404


def test_gaps_are_told_in_words(forms: Forms) -> None:
    """The table says "geen" and "maar 1"; the lead counts these; table, CSV and picture take the level along."""
    browser = reviewer(forms)
    page = browser.get(f"{START}dekking/")
    gaps = page.text.count('class="wf-gap"')

    assert f"Er zijn {gaps} gaten" in text_of(page)
    assert "maar 1" in text_of(page)
    level = "niveau=complexity.light"
    assert f"dekking.csv?regio={REGION}&amp;{level}" in browser.get(f"{START}dekking/?{level}").text
    assert browser.get(f"{START}dekking/dekking.csv?{level}").mimetype == "text/csv"
    assert "complexiteit" in browser.get(f"{START}dekking/dekking.svg?{level}").text.lower()


def test_ages_are_told_the_oldest_first(forms: Forms) -> None:
    """Each provider has its date and its step; who has no manager is marked; a step can be chosen."""
    forms.organisation(MANAGER)
    page = text_of(reviewer(forms).get(f"{START}actueel/"))

    assert page.index("Alfa Thuis") < page.index("Delta Logeren")
    assert "Niemand kan inloggen" in page
    assert "Er zijn geen aanbieders met deze stand" in text_of(reviewer(forms).get(f"{START}actueel/?stand=hide"))


def test_answers_that_fit_nowhere_are_grouped(forms: Forms) -> None:
    """Two providers' answers under one label make a group of two; a later form of the same text keeps its label."""
    first, second = forms.organisation(MANAGER), forms.organisation(COLLEAGUE, slug="gamma-zorg")
    send(forms, first, "Wij varen met mensen.", "2026-0001")
    send(forms, second, "Zeilen op het meer.", "2026-0002")
    browser = reviewer(forms)
    before = text_of(browser.get(f"{START}past-niet/"))
    for number in ("2026-0001", "2026-0002"):
        assert browser.post(f"{START}past-niet/{number}", {"a.label": "  Op het   water "}).status_code == 303
    send(forms, first, "Wij varen met mensen.", "2026-0003")
    after = text_of(browser.get(f"{START}past-niet/"))
    browser.post(f"{START}past-niet/2026-0002", {"a.label": ""})
    alone = text_of(browser.get(f"{START}past-niet/"))

    assert "Nog niet ingedeeld (2 aanbieders)" in before
    assert "Op het water (2 aanbieders)" in after
    assert "2026-0003" in after
    assert "Op het water (1 aanbieder)" in alone
    assert browser.post(f"{START}past-niet/2026-9999", {"a.label": "x"}).status_code == 404


def test_the_overview_counts(forms: Forms) -> None:
    """The first page tells the numbers of all pages behind it."""
    organisation = forms.organisation(MANAGER)
    send(forms, organisation, "Wij varen.", "2026-0001")
    page = text_of(reviewer(forms).get(START))

    assert "1 antwoord" in page
    assert "gaten" in page
    assert "0 open meldingen" in page
