"""The staff themselves: invited, given another role, removed."""

from __future__ import annotations

import threading

import pytest

from provider_forms.desk import staff as staff_people
from provider_forms.desk.staff import Change
from tests.provider_forms.staff.desk_staff import (
    ADMINISTRATOR,
    REVIEWER,
    administrator,
    half_way,
    make_staff,
    reviewer,
)
from tests.provider_forms.visiting import MANAGER, Forms, text_of

PAGE = "/beheer/medewerkers/"
NEW = "nieuw@regio.example.nl"


def test_an_administrator_invites_a_colleague(forms: Forms) -> None:
    """Who is invited gets a mail that tells how to get in, gets in, and has the role that was chosen."""
    boss = administrator(forms)
    boss.get(PAGE)

    answer = boss.post(PAGE, {"email": f" {NEW.upper()} ", "rol": "reviewer"})
    mail = forms.mails()[-1]

    assert "is verstuurd" in text_of(boss.get(answer.location))
    assert mail["To"] == NEW
    assert "beoordelaar" in mail["Subject"]
    assert "http://gids.test/beheer/" in mail.get_content()
    assert f"{NEW} Beoordelaar, nog zonder tweede stap" in text_of(boss.get(PAGE))
    colleague = forms.signed_in(NEW)
    assert colleague.get("/beheer/").location.startswith("/beheer/tweede-stap")


def test_a_manager_can_become_staff(forms: Forms) -> None:
    """Somebody who answers for an organisation can be invited to the staff, and stays its manager."""
    organisation = forms.organisation(MANAGER)
    boss = administrator(forms)
    boss.get(PAGE)
    boss.post(PAGE, {"email": MANAGER, "rol": "reviewer"})

    assert reviewer(forms, MANAGER).get(f"/aanbieder/{organisation}/").status_code == 200


@pytest.mark.parametrize(
    ("data", "target"),
    [
        ({"email": "geen adres", "rol": "reviewer"}, "#email"),
        ({"email": ADMINISTRATOR, "rol": "reviewer"}, "#email"),
        ({"email": NEW, "rol": "koning"}, "#rol-reviewer"),
        ({"email": NEW}, "#rol-reviewer"),
    ],
)
def test_a_wrong_invitation_is_told(forms: Forms, data: dict[str, str], target: str) -> None:
    """What is wrong with an invitation is told at its field; what was typed stays and nobody is mailed."""
    boss = administrator(forms)
    boss.get(PAGE)
    before = len(forms.mails())

    answer = boss.post(PAGE, data)

    assert answer.status_code == 400
    assert f'href="{target}"' in answer.text
    assert f'value="{data["email"]}"' in answer.text
    assert len(forms.mails()) == before


def test_a_role_is_changed(forms: Forms) -> None:
    """Another role counts from the next page on."""
    boss, browser = administrator(forms), reviewer(forms)
    person = make_staff(forms, REVIEWER, "reviewer")
    boss.get(PAGE)
    assert browser.get(PAGE).status_code == 403

    boss.post(f"{PAGE}{person}/rol", {"rol": "administrator"})

    assert browser.get(PAGE).status_code == 200


def test_who_is_removed_is_out_at_once(forms: Forms) -> None:
    """A removed member of staff is signed out, and signing in again opens no desk."""
    boss, browser = administrator(forms), reviewer(forms)
    person = make_staff(forms)
    boss.get(PAGE)

    answer = boss.post(f"{PAGE}{person}/verwijderen")

    assert "kan niet meer" in text_of(boss.get(answer.location))
    assert browser.get("/beheer/").status_code == 303
    assert forms.signed_in(REVIEWER).get("/beheer/").status_code == 403


@pytest.mark.parametrize("action", ["verwijderen", "rol"])
def test_the_last_administrator_stays(forms: Forms, action: str) -> None:
    """The only administrator can't be removed, nor made a reviewer."""
    boss = administrator(forms)
    person = make_staff(forms, ADMINISTRATOR, "administrator")
    boss.get(PAGE)

    answer = boss.post(f"{PAGE}{person}/{action}", {"rol": "reviewer"})

    assert answer.status_code == 409
    assert "enige beheerder" in text_of(answer)
    assert boss.get(PAGE).status_code == 200


def test_one_removes_oneself(forms: Forms) -> None:
    """An administrator who isn't the only one can leave, and is signed out."""
    boss = administrator(forms)
    administrator(forms, NEW)
    person = make_staff(forms, ADMINISTRATOR, "administrator")
    boss.get(PAGE)

    assert boss.post(f"{PAGE}{person}/verwijderen").location.startswith("/aanbieder/inloggen")
    assert half_way(forms, NEW, "administrator").get("/beheer/").status_code == 303


def test_two_administrators_who_remove_each_other_leave_one(forms: Forms) -> None:
    """Of two administrators who remove each other at the same moment one stays."""
    ids = [make_staff(forms, email, "administrator") for email in (ADMINISTRATOR, NEW)]
    start, found = threading.Barrier(2), []

    def remove(mine: int, other: int) -> None:
        start.wait()
        with forms.desk.database.write() as session:
            me = staff_people.member(session, mine)
            if me is not None:
                found.append(staff_people.dismiss(session, other, me, forms.clock()))

    threads = [threading.Thread(target=remove, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with forms.desk.database.read() as session:
        assert len(staff_people.members(session)) == 1
    assert found.count(Change.DONE) == 1


@pytest.mark.parametrize("action", ["rol", "verwijderen", "tweede-stap-wissen"])
def test_only_staff_are_on_this_page(forms: Forms, action: str) -> None:
    """Somebody who is no staff, or nobody at all, can't be changed here."""
    forms.organisation(MANAGER)
    boss = administrator(forms)
    boss.get(PAGE)

    for person in (1, 999_999):  # the organisation's manager was made first
        assert boss.post(f"{PAGE}{person}/{action}", {"rol": "administrator"}).status_code == 404
    assert forms.signed_in().get("/beheer/").status_code == 403


def test_what_can_not_be_undone_is_asked_first(forms: Forms) -> None:
    """Each button that removes somebody, or signs everybody out, has to be opened first, and asks if that is meant."""
    half_way(forms, REVIEWER)
    page = administrator(forms).get(PAGE)
    asked = [part.partition("</details>")[0] for part in page.text.split("<details")[1:]]

    for action in ("/verwijderen", "/allemaal-uitloggen"):
        posts = page.text.count(f'{action}"')
        assert sum(f'{action}"' in one and "Weet u" in one for one in asked) == posts
    assert page.text.count('/verwijderen"') == 2
