"""The table of postcodes, put into the guide by staff with a spreadsheet."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.builders import HOME as FOLDER
from tests.builders import REGION, ContentFolder
from tests.provider_forms.press.hall import make_hall
from tests.provider_forms.staff.editing import HOME, INHOUD, WHY, Editor, editor
from tests.provider_forms.visiting import make_forms, text_of
from wmo_guide.store.postcodes import read_postcodes

PAGE = f"{HOME}/postcodes/"
FILE = f"{FOLDER}/postcodes.csv"
RIGHT = "pc4,place,lat,lon\n1234,Zandhoek,52.5,4.75\n1235,Helmdorp,52.6,4.8\n"
OLD = "pc4,place,lat,lon\n1234,Zandhoek,52.5,4.75\n"


def _version(mine: Editor) -> str:
    return mine.browser.get(PAGE).text.split('name="version" value="')[1].split('"')[0]


def _send(mine: Editor, text: str, doing: str, **more: str) -> TestResponse:
    return mine.browser.post(PAGE, {"version": _version(mine), "a.lijst": text, "doe": doing, **WHY, **more})


def _lines(page: TestResponse) -> str:
    return " ".join(text_of(page).split())


def test_page_is_reached_from_the_content(mine: Editor) -> None:
    """The page with all content leads to it for each region, and not for what regions share."""
    page = mine.browser.get(f"{INHOUD}/").text

    assert f'href="{PAGE}"' in page
    assert "/gedeeld/postcodes/" not in page
    assert mine.browser.get(f"{INHOUD}/gedeeld/postcodes/").status_code == 404
    assert mine.browser.get(f"{INHOUD}/nergens/postcodes/").status_code == 404


def test_table_is_looked_at_first(mine: Editor) -> None:
    """Checking a list shows what is in it, and changes nothing."""
    page = _send(mine, RIGHT, "controleren")

    assert page.status_code == 200
    assert "komen er 2 postcodes" in _lines(page)
    assert "Helmdorp" in _lines(page)
    assert mine.jobs() == []


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        "\ufeffPostcode;Plaats;Breedtegraad;Lengtegraad\r\n1234;Zandhoek;52,5;4,75\r\n1235;Helmdorp;52,6;4,8\r\n",
        "plaats\tlon\tlat\tpostcode\nZandhoek\t4.75\t52.5\t1234\n\nHelmdorp\t4.8\t52.6\t1235\n",
    ],
)
def test_list_goes_into_the_guide_however_a_spreadsheet_wrote_it(mine: Editor, text: str) -> None:
    """Semicolons, decimal commas, Dutch headings and another order of columns come to the same table."""
    answer = _send(mine, text, "opslaan")

    assert answer.status_code == 303
    assert read_postcodes(mine.text(FILE)) == read_postcodes(RIGHT)
    assert mine.jobs()[0].title == "Postcodes: 2 gebieden"
    assert WHY["a.desk-why"] in mine.jobs()[0].message


def test_a_file_is_taken_before_what_stands_in_the_box(mine: Editor) -> None:
    """A chosen file is what is checked."""
    data = {"version": _version(mine), "bestand": (io.BytesIO(RIGHT.encode()), "lijst.csv"), "doe": "controleren"}
    page = mine.browser.post(PAGE, data, content_type="multipart/form-data")

    assert "komen er 2 postcodes" in _lines(page)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Kies een bestand, of plak uw lijst in het vak."),
        ("postcode;plaats\n1234;Zandhoek\n", "Regel 1: Begin met de regel pc4,place,lat,lon."),
        ("pc4,place,lat,lon\n", "Er staat nog geen postcode in de lijst."),
        ("pc4;place;lat;lon\n1234;Zandhoek;52,5;4,75\n\n123;Helmdorp;52,6;4,8\n", 'Regel 4: "123" is geen begin'),
        ("pc4;place;lat;lon\n1234;Zandhoek;52,5\n", "Regel 2: Op deze regel horen 4 dingen"),
        ("pc4;place;lat;lon\n1234;Zand\u202ehoek;52,5;4,7\n", "Regel 2:"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(mine: Editor, text: str, says: str) -> None:
    """A wrong list is told line by line, stays on the page, and changes nothing, whichever button was pressed."""
    for doing in ("controleren", "opslaan"):
        page = _send(mine, text, doing)

        assert page.status_code == 400
        assert says in _lines(page)
        assert text.splitlines()[-1:] == [] or text.splitlines()[-1] in page.text
        assert "<title>Het formulier is niet verzonden" in page.text
    assert mine.jobs() == []


def test_a_reason_is_needed(mine: Editor) -> None:
    """Without a reason the list doesn't go into the guide, and stands ready."""
    page = _send(mine, RIGHT, "opslaan", **{"a.desk-why": ""})

    assert page.status_code == 400
    assert "komen er 2 postcodes" in _lines(page)
    assert mine.jobs() == []


def test_list_that_was_wrong_is_kept(mine: Editor) -> None:
    """Whoever comes back later finds the list as it was pasted."""
    _send(mine, "pc4,place,lat,lon\n999,Zandhoek,52.5,4.75\n", "controleren")

    assert "999,Zandhoek" in mine.browser.get(PAGE).text


def test_the_same_list_again_makes_no_work(content: ContentFolder, tmp_path: Path) -> None:
    """A list that is in the guide already is told to be."""
    content.raw(FILE, RIGHT)
    mine = editor(make_forms(tmp_path / "var", content.root))
    page = _send(mine, RIGHT, "opslaan")

    assert "Deze lijst staat al zo in de gids." in _lines(page)
    assert mine.jobs() == []


def test_a_colleague_was_quicker(content: ContentFolder, tmp_path: Path) -> None:
    """A list made over another version than that of now is not put over it."""
    content.raw(FILE, OLD)
    mine = editor(make_forms(tmp_path / "var", content.root))
    page = _send(mine, RIGHT, "opslaan", version="een andere")

    assert page.status_code == 409
    assert "Een collega veranderde deze lijst net." in _lines(page)
    assert mine.jobs() == []


def test_the_table_can_go(content: ContentFolder, tmp_path: Path) -> None:
    """Staff can take the table out of the guide, with a reason."""
    content.raw(FILE, OLD)
    mine = editor(make_forms(tmp_path / "var", content.root))
    refused = _send(mine, "", "weghalen", **{"a.desk-why": ""})
    gone = _send(mine, "", "weghalen")

    assert (refused.status_code, gone.status_code) == (400, 303)
    assert [(one["path"], one["text"]) for one in mine.jobs()[0].changes] == [(FILE, None)]
    assert mine.jobs()[0].region == REGION


def test_table_comes_online_and_can_be_looked_back_at(content: ContentFolder, tmp_path: Path) -> None:
    """The press puts it online, residents can fill in a postcode, and the desk shows its work, its version and its history."""
    hall = make_hall(tmp_path, content)
    mine = editor(hall.forms)
    _send(mine, RIGHT, "opslaan")
    hall.press().turn()

    told = json.loads((hall.site / REGION / "dichtbij" / "plekken.json").read_text(encoding="utf-8"))
    assert told["postcodes"][0] == ["1234", "Zandhoek", 52.5, 4.75]
    version = hall.history.versions(FILE)[0].id
    for path in (
        "/beheer/publicaties/",
        "/beheer/publicaties/1/",
        f"/beheer/geschiedenis/{version}/",
        f"/beheer/geschiedenis/bestand/{FILE}",
        PAGE,
    ):
        assert mine.browser.get(path).status_code == 200, path
    assert "staan er 2 postcodes" in _lines(mine.browser.get(PAGE))
    hall.close()
