"""Inviting providers, and what was contracted beside what is offered."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from provider_forms.desk import contracts, invitation_list, people
from provider_forms.desk.contracts import Agreed
from provider_forms.desk.directory import fold, make_slug
from provider_forms.desk.models import Event, Organisation
from provider_forms.desk.outline import BLOCKS
from provider_forms.desk.staff_models import Contract
from tests.builders import HOME, REGION, ContentFolder
from tests.provider_forms.drafting import EDITION, fill
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of
from wmo_guide.domain.values import parse_slug

PAGE, ONE, LIST = "/beheer/mensen/", "/beheer/mensen/uitnodigen", f"/beheer/mensen/lijst?regio={REGION}"
NEW = "contact@nieuw.example.nl"
HEAD = "naam;kvk;mail;gemeenten;bouwstenen\n"


def _organisation(forms: Forms, slug: str) -> Organisation | None:
    with forms.desk.database.read() as session:
        return people.organisation(session, REGION, slug)


def _agreed(forms: Forms, slug: str) -> Agreed:
    found = _organisation(forms, slug)
    assert found
    with forms.desk.database.read() as session:
        return contracts.agreed(session, found.id)


def _count(forms: Forms) -> int:
    with forms.desk.database.read() as session:
        return len(session.scalars(select(Organisation)).all())


def _invite(browser: Browser, **data: Any) -> TestResponse:
    browser.get(ONE)
    return browser.post(f"{ONE}?regio={REGION}", {"a.naam": "Nieuwe Zorg", "email": NEW, **data})


def _try(browser: Browser, text: str, doe: str = "controleren") -> TestResponse:
    browser.get(LIST)
    return browser.post(LIST, {"a.lijst": text, "doe": doe})


def _upload(browser: Browser, data: bytes) -> TestResponse:
    browser.get(LIST)
    file = (io.BytesIO(data), "lijst.csv")
    return browser.post(LIST, {"bestand": file, "doe": "controleren"}, content_type="multipart/form-data")


def test_a_provider_is_invited(forms: Forms) -> None:
    """An invited provider gets a mail, and arrives at its own organisation; staff see how far it is."""
    browser = reviewer(forms)

    answer = _invite(browser, **{"a.gemeenten": ["zandhoek"], "a.bouwstenen": ["dag-buiten", "uit-logeren"]})
    listed = text_of(browser.get(answer.location))
    found = _organisation(forms, "nieuwe-zorg")

    assert "De uitnodiging is verstuurd" in listed
    assert "Nieuwe Zorg Uitgenodigd geen onbekend" in listed
    assert forms.mails()[-1]["To"] == NEW
    assert found
    assert _agreed(forms, "nieuwe-zorg") == Agreed("", ("zandhoek",), ("dag-buiten", "uit-logeren"))
    assert forms.browser().follow(forms.last_link()).location.startswith(f"/aanbieder/{found.id}/")
    assert f"Nieuwe Zorg Doet mee {NEW}" in text_of(browser.get(PAGE))


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ({"a.naam": ""}, "a.naam"),
        ({"a.naam": "x" * 201}, "a.naam"),
        ({"a.naam": "Zorg\N{RIGHT-TO-LEFT OVERRIDE}"}, "a.naam"),
        ({"email": "geen adres"}, "email"),
        ({"a.kvk": "1234567"}, "a.kvk"),
    ],
)
def test_a_wrong_invitation_is_told_at_its_field(forms: Forms, typed: dict[str, str], target: str) -> None:
    """What is wrong is told at its field, what was typed stays, also later, and nothing is made."""
    browser = reviewer(forms)

    answer = _invite(browser, **{"a.bouwstenen": ["dag-buiten"], **typed})

    assert answer.status_code == 400
    assert f'href="#{target}"' in answer.text
    assert f'id="{target}-fout"' in answer.text
    assert re.search(r'value="dag-buiten" checked', browser.get(f"{ONE}?regio={REGION}").text)
    assert _count(forms) == 0


def test_an_invitation_is_sent_again_and_withdrawn(forms: Forms) -> None:
    """Sent again, the older link stops working; withdrawn, the newest too, and the page tells it."""
    browser = reviewer(forms)
    _invite(browser)
    older = forms.last_link()
    found = _organisation(forms, "nieuwe-zorg")
    assert found
    page = f"{PAGE}{found.id}"
    again = re.search(r'action="([^"]+/opnieuw)"', browser.get(page).text)
    assert again
    forms.clock.forward(timedelta(days=3))
    browser = reviewer(forms)
    browser.get(page)
    browser.post(again[1])
    newer = forms.last_link()
    assert newer != older
    assert forms.browser().follow(older).status_code == 410
    browser.get(page)
    answer = browser.post(again[1].replace("opnieuw", "intrekken"))

    assert "werkt niet meer" in text_of(browser.get(answer.location))
    assert "Stand Uitnodiging ingetrokken" in text_of(browser.get(page))
    assert forms.browser().follow(newer).status_code == 410
    assert browser.post(again[1].replace("opnieuw", "intrekken")).status_code == 404


def test_an_invitation_that_ran_out_is_told(forms: Forms) -> None:
    """After fourteen days the list says that the invitation ran out, and it can be sent again."""
    _invite(reviewer(forms))
    forms.clock.forward(timedelta(days=15))
    browser = reviewer(forms)

    assert "Nieuwe Zorg Uitnodiging verlopen" in text_of(browser.get(PAGE))
    assert "Nieuwe Zorg" in text_of(browser.get(f"{PAGE}?stand=expired"))
    assert "Nieuwe Zorg" not in text_of(browser.get(f"{PAGE}?stand=invited"))


def test_providers_of_the_guide_can_be_found_and_invited(forms: Forms) -> None:
    """A provider that stands in the guide, and that nobody was invited for, is in the list with its name filled in."""
    browser = reviewer(forms)
    page = browser.get(f"{PAGE}?zoek=alfa")
    link = re.search(r'href="([^"]+aanbieder=alfa-thuis)"', page.text)
    assert link

    form = browser.get(link[1].replace("&amp;", "&"))

    assert 'value="Alfa Thuis"' in form.text
    assert 'value="01234567"' in form.text


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("Alfa Thuis;;a@example.nl;;", "bekende"),
        ("Stichting ALFA-thuis;;a@example.nl;;", "nieuwe organisatie"),
        ("Iets heel anders;01234567;a@example.nl;;", "Wij houden die naam"),
        ("Nieuw;87654321;a@example.nl;;", "nieuwe organisatie"),
        ("Nieuw;;marieke@example.nl;;", "Dit adres hoort ook bij Zorg van alfa-thuis"),
    ],
)
def test_an_organisation_is_recognised(forms: Forms, cells: str, told: str) -> None:
    """An organisation that is known is known again by its KvK number or its name; an address alone is a remark."""
    forms.organisation(MANAGER)  # called "Zorg van alfa-thuis" at the desk, with the number of the guide's file
    if cells.startswith("Alfa"):
        with forms.desk.database.write() as session:
            found = people.organisation(session, REGION, "alfa-thuis")
            assert found
            found.name = "Alfa Thuis"

    answer = _try(reviewer(forms), HEAD + cells)

    assert answer.status_code == 200
    assert told in text_of(answer)


def test_a_list_is_looked_at_first(forms: Forms) -> None:
    """A list tells what it would do and does nothing; confirmed, it does all of it, and a second time nothing more."""
    browser = reviewer(forms)
    text = f"{HEAD}Nieuwe Zorg;;{NEW};Zandhoek, Helmdorp;Post en papieren, Een fijne dag\nAlfa Thuis;01234567;a@example.nl;;\n"

    seen = _try(browser, text)
    assert "nieuwe organisatie, krijgt een uitnodiging, 2 bouwstenen afgesproken" in text_of(seen)
    assert "Dan gaan er 2 mails uit" in text_of(seen)
    assert _count(forms) == 0
    before = len(forms.mails())
    done = _try(browser, text, "uitnodigen")
    _try(browser, text, "uitnodigen")

    assert "2 uitnodigingen verstuurd" in text_of(browser.get(done.location))
    assert [mail["To"] for mail in forms.mails()[before:]] == [NEW, "a@example.nl"]
    assert _agreed(forms, "nieuwe-zorg").municipalities == ("zandhoek", "helmdorp")
    assert _agreed(forms, "nieuwe-zorg").blocks == ("post-en-papieren", "dag-buiten")
    assert _organisation(forms, "alfa-thuis")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (";;b@example.nl;;", "Regel 3, kolom naam: Vul de naam"),
        ("Beta;12;b@example.nl;;", "Regel 3, kolom kvk: Dit KvK-nummer klopt niet"),
        ("Beta;;b;;", "Regel 3, kolom mail: Dit e-mailadres klopt niet"),
        ("Beta;;;;", "Regel 3, kolom mail: Vul een e-mailadres in"),
        ("Beta;;b@example.nl;Zandhoek, Nergens;", "Regel 3, kolom gemeenten: Deze gemeente kennen wij niet: “Nergens”"),
        ("Beta;;b@example.nl;Oud-Zand;", "Regel 3, kolom gemeenten: Deze gemeente kennen wij niet: “Oud-Zand”"),
        ("Beta;;b@example.nl;;vliegen", "Regel 3, kolom bouwstenen: Deze bouwsteen kennen wij niet: “vliegen”"),
        ("nieuwe zórg;;b@example.nl;;", "Regel 3, kolom naam: Deze organisatie staat ook op regel 2"),
        ("Beta Dag;01234567;b@example.nl;;", "Regel 3, kolom naam: Dit KvK-nummer is van Alfa Thuis, maar de naam"),
        ("Alfa Thuis;87654321;b@example.nl;;", "Regel 3, kolom kvk: Alfa Thuis heeft bij ons een ander KvK-nummer"),
        ("Beta;;b@example.nl;;;te veel", "Regel 3: Deze regel heeft meer cellen"),
        ('Beta;;"b@example.nl;;', "Regel 3: Deze regel is niet te lezen"),
    ],
)
def test_a_list_is_all_or_nothing(forms: Forms, line: str, place: str) -> None:
    """One wrong cell is told with its line and column, and nothing of the whole list is done."""
    browser = reviewer(forms)
    text = f"{HEAD}Nieuwe Zorg;;{NEW};;\n{line}\n"
    before = len(forms.mails())

    answer = _try(browser, text, "uitnodigen")

    assert answer.status_code == 400
    assert place in text_of(answer)
    assert "Nieuwe Zorg" in browser.get(LIST).text
    assert _count(forms) == 0
    assert len(forms.mails()) == before


def test_lines_are_counted_as_a_spreadsheet_does(forms: Forms) -> None:
    """Empty lines and cells with a line break in them don't shift the number of a line."""
    text = f'{HEAD}\n"Nieuwe Zorg";;{NEW};"Zandhoek\nHelmdorp";\nBeta;;b;;\n'

    assert "Regel 5, kolom mail" in text_of(_try(reviewer(forms), text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_files_of_every_spreadsheet_are_read(forms: Forms, encoding: str, separator: str) -> None:
    """A file is read in the encodings and with the separators that spreadsheets use."""
    rows = [["Naam", "E-mail", "Gemeente"], ["Zorgcoöperatie 't Één", NEW, "Zandhoek|Helmdorp"]]
    text = "\r\n".join(separator.join(row) for row in rows)

    answer = _upload(reviewer(forms), text.encode(encoding))

    assert answer.status_code == 200
    assert "Zorgcoöperatie 't Één" in text_of(answer)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Kies een bestand"),
        (b"naam;kvk\nBeta;\n", "Er is geen kolom “mail”"),
        (b"naam;mail;mail\n", "Deze kolom staat twee keer"),
        (b"naam;mail\n", "nog geen organisatie"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "geen CSV"),
        (b"naam;mail\n" + b"a;a@example.nl\n" * 1001, "meer dan 1000 regels"),
        (b"naam;mail\n" + b"x" * 300_000, "te groot"),
        (b'naam;mail\n"' + b"x" * 150_000 + b'";a@example.nl\n', "niet te lezen"),
    ],
    ids=["empty", "no mail", "twice", "no rows", "picture", "many rows", "large", "large cell"],
)
def test_a_file_that_is_no_list_is_told(forms: Forms, data: bytes, told: str) -> None:
    """A file that is empty, no text, too large, or without the needed columns gets a message that says so."""
    answer = _upload(reviewer(forms), data)

    assert answer.status_code == 400
    assert told in text_of(answer)


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        (f"naam;mail;plaats;telefoon\nBeta;{NEW};Zandhoek;0721234567", 200, "De kolom “telefoon” kennen wij niet"),
        (f"naam;mail;;\nBeta;{NEW};;", 200, "nieuwe organisatie"),
        (f"Beta;12345678;{NEW};Zandhoek;", 400, "Er is geen kolom “mail”"),
    ],
    ids=["unknown headings", "empty headings", "no headings"],
)
def test_headings_that_are_not_known_are_told(forms: Forms, text: str, status: int, told: str) -> None:
    """Several columns without a known heading are left out, and the list is read or its problems are told."""
    answer = _try(reviewer(forms), text)

    assert answer.status_code == status
    assert told in text_of(answer)
    assert "Beta" in answer.text


def test_no_cell_becomes_a_formula(forms: Forms) -> None:
    """A name that a spreadsheet would take for a formula is shown as text, downloaded as text, and read back as it was."""
    name = '=HYPERLINK("https://evil.example.nl")<script>'
    browser = reviewer(forms)
    text = invitation_list.write([("naam", "mail"), (name, NEW)])

    seen = _try(browser, text)
    _try(browser, text, "uitnodigen")
    download = browser.get(f"{PAGE}overzicht.csv?regio={REGION}").text

    assert "<script>" not in seen.text
    cells = [cell for row in csv.reader(io.StringIO(download), delimiter=";") for cell in row]
    assert f"'{name}" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    found = _organisation(forms, make_slug(name, ()))
    assert found
    assert found.name == name


@given(st.text(max_size=40))
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    """Whatever stands in a cell, written and read again it is the same but for blank edges."""
    cell = cell.replace("\0", "").replace("\r", "").strip()
    table = invitation_list.read(invitation_list.write([("naam", "mail"), (cell, "x")]))

    once = cell[1:] if cell.startswith("'") and invitation_list.safe(cell[1:]) == cell else cell
    assert [row["name"] for row in table.rows] == [once]


@given(st.text(max_size=300), st.sets(st.sampled_from(["aanbieder", "zorg", "zorg-2", "a"])))
def test_every_name_makes_a_safe_file_name(name: str, taken: set[str]) -> None:
    """Whatever an organisation is called, its file gets a name that is safe in an address and that no other has."""
    slug = make_slug(name, taken)

    assert parse_slug(slug) == slug
    assert slug not in taken


def test_names_are_known_again_in_other_spelling() -> None:
    """Capitals, accents, signs and legal forms make no other organisation."""
    assert fold("Stichting  Zorg-Één B.V.") == fold("zorg een")
    assert fold("Stichting") == "stichting"
    assert fold("Zorg Een") != fold("Zorg Twee")


def test_two_organisations_of_one_name_get_files_of_their_own(forms: Forms, content: ContentFolder) -> None:
    """A new organisation never gets the file of another one, nor of one that only stands in the guide."""
    content.write(f"{HOME}/providers/nieuwe-zorg.yaml", {"organisation": {"name": "Een andere naam"}})
    forms.desk.content = content.root
    browser = reviewer(forms)

    _invite(browser)

    assert _organisation(forms, "nieuwe-zorg") is None
    found = _organisation(forms, "nieuwe-zorg-2")
    assert found
    assert found.name == "Nieuwe Zorg"


def _contract(forms: Forms, organisation: int, *blocks: str) -> None:
    with forms.desk.database.write() as session:
        contracts.put(session, organisation, Agreed("", (), blocks), forms.clock())


def test_staff_see_too_few_and_too_many(forms: Forms) -> None:
    """Contracted and offered blocks are held side by side, of the guide and of the draft."""
    organisation = forms.organisation(MANAGER)
    _contract(forms, organisation, "post-en-papieren", "uit-logeren")
    fill(forms, organisation, {BLOCKS: {"blocks": ["post-en-papieren", "uit-logeren"], "edition": EDITION, "ends": {}}})
    text = text_of(reviewer(forms).get(f"{PAGE}{organisation}"))

    guide, draft = text.partition("In de gids")[2].split("In wat de aanbieder nu invult")
    assert "Wel afgesproken, maar niet aangeboden: Een weekend logeren" in guide
    assert "Wel aangeboden, maar niet afgesproken: Een fijne dag" in guide
    assert "precies wat is afgesproken" in draft


def test_a_contract_is_changed(forms: Forms) -> None:
    """Staff note what was agreed; a block that the matrix doesn't have now stays noted, and nonsense is left out."""
    organisation = forms.organisation(MANAGER)
    _contract(forms, organisation, "post-en-papieren", "blok-van-vroeger")
    browser = reviewer(forms)
    page = f"{PAGE}{organisation}"
    assert re.search(r'value="post-en-papieren" checked', browser.get(page).text)

    answer = browser.post(
        f"{page}/afspraken", {"a.bouwstenen": ["dag-buiten", "<b>"], "a.gemeenten": ["zandhoek", "x"]}
    )

    assert "opgeslagen, maar niet allemaal" in text_of(browser.get(answer.location))
    assert _agreed(forms, "alfa-thuis") == Agreed("", ("zandhoek",), ("dag-buiten", "blok-van-vroeger"))


def test_a_contract_with_known_blocks_is_stored_whole(forms: Forms) -> None:
    """When each chosen block and municipality is known, also one noted before, nothing is said of parts left out."""
    organisation = forms.organisation(MANAGER)
    browser = reviewer(forms)
    page = f"{PAGE}{organisation}"
    browser.get(page)

    answer = browser.post(f"{page}/afspraken", {"a.bouwstenen": ["dag-buiten"], "a.gemeenten": ["zandhoek"]})

    assert "De afspraken zijn opgeslagen." in text_of(browser.get(answer.location))


def test_providers_read_it_kindly(forms: Forms) -> None:
    """A provider that chose fewer or other blocks than contracted reads so, on its start page and at its choice."""
    organisation = forms.organisation(MANAGER)
    home = f"/aanbieder/{organisation}/"
    manager = forms.signed_in()
    assert "contract" not in text_of(manager.get(home))
    _contract(forms, organisation, "post-en-papieren", "uit-logeren")

    for page in (home, f"{home}bouwstenen"):
        text = text_of(manager.get(page))
        assert "ook een contract voor “Een weekend logeren”. Biedt u dat?" in text
        assert "U koos ook “Een fijne dag”. De regio weet niet van een contract daarvoor." in text
    _contract(forms, organisation, "post-en-papieren", "dag-buiten")
    assert "contract" not in text_of(manager.get(home))


def test_who_invites_is_logged_as_staff(forms: Forms) -> None:
    """The log tells that staff invited, and holds no address."""
    _invite(reviewer(forms))

    with forms.desk.database.read() as session:
        event = session.scalars(select(Event).where(Event.what == "invited")).one()
        contract = session.scalars(select(Contract)).all()
    assert event.role == "staff"
    assert NEW not in str(event.details)
    assert contract == []
