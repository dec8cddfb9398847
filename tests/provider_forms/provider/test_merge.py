"""Two tabs or two managers on one page: both versions are shown, and neither overwrites the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from provider_forms.desk import typing_kept
from provider_forms.desk.models import Kept
from tests.provider_forms.provider.filling import (
    BY_SCRIPT,
    OFFERING,
    Fields,
    elements,
    fields,
    fill_in,
    filled,
    part,
    typed,
)
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Browser, Forms, text_of, title_of


@pytest.fixture
def home(forms: Forms) -> str:
    """Path of the overview of an organisation with two managers."""
    return f"/aanbieder/{forms.organisation(MANAGER, COLLEAGUE)}/"


@pytest.fixture
def mine(forms: Forms, home: str) -> Browser:
    """My browser."""
    return forms.signed_in()


@pytest.fixture
def theirs(forms: Forms, home: str) -> Browser:
    """My colleague's browser."""
    return forms.signed_in(COLLEAGUE)


def _collide(
    mine: Browser, theirs: Browser, path: str, my: Mapping[str, str | list[str]], their: Mapping[str, str | list[str]]
) -> str:
    """Both open the page; the colleague saves first. Gives the path that my save leads to."""
    page = mine.get(path)
    fill_in(theirs, path, their, button="later")
    answer = mine.post(path, filled(page, my))
    assert answer.status_code == 303
    return answer.location


def _choices(browser: Browser, path: str, **chosen: str) -> Fields:
    found = fields(browser.get(path))
    return {**found, **{f"kies.{key}": [value] for key, value in chosen.items()}}


def test_second_save_shows_both_versions(forms: Forms, mine: Browser, theirs: Browser, home: str) -> None:
    """Who saves on an older version sees both texts and who saved; nothing of the colleague is overwritten."""
    path = f"{home}organisatie"
    merge = _collide(mine, theirs, path, {"name": "Mijn naam"}, {"name": "Hun naam"})

    said = text_of(mine.get(merge))
    assert "Mijn naam" in said
    assert "Hun naam" in said
    assert f"{COLLEAGUE} sloeg als laatste op: 15 januari 2026 om 13.00 uur" in said
    assert part(forms, 1, "organisation").answers["name"] == "Hun naam"


@pytest.mark.parametrize(("choice", "name"), [("mijn", "Mijn naam"), ("opgeslagen", "Hun naam")])
def test_chosen_answer_is_stored(mine: Browser, theirs: Browser, home: str, choice: str, name: str) -> None:
    """The answer that is chosen stands on the page afterwards; answers that were equal stay."""
    path = f"{home}organisatie"
    merge = _collide(mine, theirs, path, {"name": "Mijn naam"}, {"name": "Hun naam"})

    answer = mine.post(merge, _choices(mine, merge, name=choice))

    page = mine.get(answer.location)
    assert "de antwoorden die u koos" in text_of(page)
    assert typed(page, "name") == name
    assert typed(page, "kvk") == "01234567"


@pytest.mark.parametrize(
    ("path", "key", "my", "their", "both"),
    [
        (
            "organisatie",
            "description",
            {"description": "Mijn zin."},
            {"description": "Hun zin."},
            "Hun zin.\n\nMijn zin.",
        ),
        (OFFERING, "how", {"how": ["group"]}, {"how": ["remote"]}, ["group", "remote"]),
        (
            OFFERING,
            "levels.complexity",
            {"levels.complexity": ["heavy"]},
            {"levels.complexity": ["light"]},
            ["light", "heavy"],
        ),
    ],
)
def test_texts_and_choices_can_stand_together(  # noqa: PLR0913, PLR0917  (a page, a question, its three answers, two browsers)
    mine: Browser,
    theirs: Browser,
    home: str,
    path: str,
    key: str,
    my: Mapping[str, str | list[str]],
    their: Mapping[str, str | list[str]],
    both: str | list[str],
) -> None:
    """Of a text, a list or levels both versions can be kept."""
    merge = _collide(mine, theirs, home + path, my, their)

    answer = mine.post(merge, _choices(mine, merge, **{key.partition(".")[0]: "allebei"}))

    assert typed(mine.get(answer.location), key) == both


def test_no_choice_is_asked_for_again(mine: Browser, theirs: Browser, home: str) -> None:
    """Without a choice nothing is stored and the page says where to choose; an empty answer is never preferred."""
    path = f"{home}organisatie"
    merge = _collide(mine, theirs, path, {"name": "Mijn", "founded": "1-2-2003"}, {"name": "Hun", "founded": ""})

    answer = mine.post(merge, fields(mine.get(merge)))

    assert answer.status_code == 400
    assert title_of(answer).startswith("Het formulier is niet verzonden, er is 1 foutmelding")
    assert [one.attrib["href"] for one in elements(answer, "//*[@role='alert']//a")] == ["#kies-name"]
    assert elements(answer, "//input[@name='kies.founded'][@value='mijn'][@checked]")


def test_third_save_during_the_merge_is_seen(forms: Forms, mine: Browser, theirs: Browser, home: str) -> None:
    """When somebody saves once more while I choose, I choose again between my text and the newest."""
    path = f"{home}organisatie"
    merge = _collide(mine, theirs, path, {"name": "Mijn naam"}, {"name": "Hun naam"})
    chosen = _choices(mine, merge, name="mijn")
    fill_in(theirs, path, {"name": "Nog een naam"}, button="later")

    answer = mine.post(merge, chosen)

    assert answer.status_code == 409
    assert "Nog een naam" in text_of(answer)
    assert part(forms, 1, "organisation").answers["name"] == "Nog een naam"
    assert mine.post(merge, _choices(mine, merge, name="mijn")).status_code == 303
    assert part(forms, 1, "organisation").answers["name"] == "Mijn naam"


def test_two_tabs_of_one_person_are_two_versions(mine: Browser, home: str) -> None:
    """Somebody who has a page open twice gets the merge page as well."""
    path = f"{home}organisatie"

    assert "U sloeg als laatste op" in text_of(mine.get(_collide(mine, mine, path, {"name": "Een"}, {"name": "Twee"})))


def test_script_stops_at_a_conflict_and_keeps_the_typing(mine: Browser, theirs: Browser, home: str) -> None:
    """A save by script on an older version answers 409; what was typed is kept, on every device of this person."""
    path = f"{home}organisatie"
    page = mine.get(path)
    fill_in(theirs, path, {"name": "Hun naam"}, button="later")

    answer = mine.post(path, filled(page, {"name": "Mijn naam"}, button=""), headers=BY_SCRIPT)

    assert answer.status_code == 409
    elsewhere = mine.forms.signed_in()
    [link] = elements(elsewhere.get(path), "//a[contains(., 'Bekijk wat u typte')]")
    assert "Mijn naam" in text_of(elsewhere.get(link.attrib["href"]))


def test_save_in_another_tab_does_not_drop_what_is_kept(mine: Browser, theirs: Browser, home: str) -> None:
    """Typing that waits to be merged survives a save of the same page from a tab that didn't show it."""
    path = f"{home}organisatie"
    _collide(mine, theirs, path, {"name": "Mijn naam"}, {"name": "Hun naam"})
    fresh = {**fields(theirs.get(path)), "a.name": ["Derde naam"], "csrf": [mine.token], "doe": ["later"]}

    assert mine.post(path, fresh).status_code == 303
    [link] = elements(mine.get(path), "//a[contains(., 'Bekijk wat u typte')]")
    said = text_of(mine.get(link.attrib["href"]))
    assert "Mijn naam" in said
    assert "Derde naam" in said


def test_each_tab_keeps_its_own_text(mine: Browser, theirs: Browser, home: str) -> None:
    """Two tabs that both come too late are merged one after the other; neither takes the place of the other."""
    path = f"{home}organisatie"
    tabs = [mine.get(path), mine.get(path)]
    fill_in(theirs, path, {"name": "Hun naam"}, button="later")
    merges = [
        mine.post(path, filled(tab, {"name": name})).location for tab, name in zip(tabs, ("Een", "Twee"), strict=True)
    ]

    assert len(elements(mine.get(path), "//a[contains(., 'Bekijk wat u typte')]")) == 2
    mine.post(merges[0], _choices(mine, merges[0], name="mijn"))
    assert typed(mine.get(path), "name") == "Een"
    mine.post(merges[1], _choices(mine, merges[1], name="mijn"))
    assert typed(mine.get(path), "name") == "Twee"
    assert not elements(mine.get(path), "//a[contains(., 'Bekijk wat u typte')]")


def test_script_and_button_of_one_tab_are_one_text(mine: Browser, theirs: Browser, home: str) -> None:
    """What the script could not save and what the button then sends wait as one text, the last."""
    path = f"{home}organisatie"
    page = mine.get(path)
    fill_in(theirs, path, {"name": "Hun naam"}, button="later")
    mine.post(path, filled(page, {"name": "Mijn"}, button=""), headers=BY_SCRIPT)

    merge = mine.post(path, filled(page, {"name": "Mijn naam"})).location

    assert "Mijn naam" in text_of(mine.get(merge))
    mine.post(merge, _choices(mine, merge, name="mijn"))
    assert "Bekijk wat u typte" not in text_of(mine.get(path))


def test_removed_location_can_be_brought_back_with_what_was_typed(mine: Browser, theirs: Browser, home: str) -> None:
    """Typing on a location that a colleague removes isn't lost: the merge page puts the location back."""
    path = f"{home}locaties/kantoor"
    page = mine.get(path)
    theirs.get(f"{home}locaties")
    theirs.post(f"{path}/weghalen")

    merge = mine.post(path, filled(page, {"name": "Groot kantoor"})).location

    assert "is deze pagina weggehaald" in text_of(mine.get(merge))
    mine.post(merge, _choices(mine, merge, name="mijn"))
    assert typed(mine.get(path), "name") == "Groot kantoor"


@pytest.mark.parametrize(
    ("path", "key", "my", "their"),
    [
        ("bouwstenen", "blocks", {"blocks": ["uit-logeren"]}, {"blocks": ["dag-buiten"]}),
        ("past-niet", "misfit", {"misfit": "Mijn idee"}, {"misfit": "Hun idee"}),
        ("aanbod/2024/dag-buiten/einde", "end", {"end": "1-2-2027"}, {"end": "3-4-2027"}),
        ("locaties/kantoor", "name", {"name": "Mijn plek"}, {"name": "Hun plek"}),
    ],
)
def test_every_kind_of_page_merges(  # noqa: PLR0913, PLR0917  (a page, a question, its two answers, two browsers)
    mine: Browser,
    theirs: Browser,
    home: str,
    path: str,
    key: str,
    my: Mapping[str, str | list[str]],
    their: Mapping[str, str | list[str]],
) -> None:
    """Each page of the form leads to its own merge page, whose choice is stored."""
    merge = _collide(mine, theirs, home + path, my, their)

    answer = mine.post(merge, _choices(mine, merge, **{key: "opgeslagen"}))

    assert answer.location == f"{home}{path}?samengevoegd=ja"
    shown = typed(mine.get(answer.location), key)
    assert shown == (their[key] if key != "blocks" else "dag-buiten")


def test_merge_page_without_a_conflict_leads_back(mine: Browser, home: str) -> None:
    """With nothing to merge the address leads to the page itself."""
    mine.get(home)

    assert mine.get(f"{home}samenvoegen/organisation").location == f"{home}organisatie"
    assert mine.post(f"{home}samenvoegen/organisation").location == f"{home}organisatie"


@pytest.mark.parametrize("accident", ["ended", "token", "script", "mistake"])
def test_choices_are_kept(mine: Browser, theirs: Browser, home: str, accident: str) -> None:
    """Choices that couldn't be stored stand on the merge page again, for the same text, and are gone once they are stored."""
    path = f"{home}organisatie"
    merge = _collide(
        mine, theirs, path, {"name": "Mijn", "description": "Mijn."}, {"name": "Hun", "description": "Hun."}
    )
    chosen = _choices(mine, merge, name="opgeslagen")
    if accident == "ended":
        mine.forms.clock.forward(timedelta(hours=13))
    wrong = {"csrf": ["0" * 64]} if accident == "token" else {}
    answer = mine.post(merge, {**chosen, **wrong}, headers=BY_SCRIPT if accident == "script" else {})
    if accident == "ended":
        onward = parse_qs(urlsplit(answer.location).query)["verder"][0]
        assert onward == merge
        mine.sign_in(MANAGER)
    if accident == "token":
        assert answer.location == merge

    again = mine.get(merge)

    assert "Mijn." in text_of(again)
    assert fields(again)["kies.name"] == ["opgeslagen"]
    assert "kies.description" not in fields(again)
    mine.post(merge, _choices(mine, merge, description="mijn"))
    assert (typed(mine.get(path), "name"), typed(mine.get(path), "description")) == ("Hun", "Mijn.")
    with mine.forms.desk.database.read() as session:
        assert session.query(Kept).all() == []


def test_a_text_that_is_merged_belongs_to_its_writer(mine: Browser, theirs: Browser, home: str) -> None:
    """A colleague who opens the address of my merge page sees nothing of my text."""
    merge = _collide(mine, theirs, f"{home}organisatie", {"name": "Mijn naam"}, {"name": "Hun naam"})

    assert theirs.get(merge).location == f"{home}organisatie"


def test_without_room_a_conflict_keeps_the_text_on_the_page(
    mine: Browser, theirs: Browser, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When there is no room for what must be merged, the page itself still shows the typing and says that it isn't stored."""
    path = f"{home}organisatie"
    page = mine.get(path)
    fill_in(theirs, path, {"name": "Hun naam"}, button="later")
    monkeypatch.setattr(typing_kept, "ROOM", 10)

    answer = mine.post(path, filled(page, {"name": "Mijn naam"}))

    assert answer.status_code == 413
    assert typed(answer, "name") == "Mijn naam"
    assert "niet opgeslagen" in text_of(answer)
    assert typed(mine.get(path), "name") == "Hun naam"
