"""Who sent something that was approved is told when it is taken back: what, why, and what can be done now."""

from __future__ import annotations

import errno
from datetime import timedelta

import pytest

from provider_forms.desk.job_lines import ELSEWHERE
from provider_forms.press.press import Press
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.press.hall import ALFA, BETA, Hall
from tests.provider_forms.staff.desk_staff import REVIEWER, administrator, reviewer
from tests.provider_forms.staff.sending import QUEUE, Sender, by_number, changed, decide, jobs, newcomer, sender
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Browser, text_of
from wmo_guide.guide.release import Draft

NUMBER = "2026-0001"
REASON = "De prijs klopte niet."
BACK = {"a.reden": REASON}


@pytest.fixture
def press(hall: Hall) -> Press:
    """A press that works already."""
    found = hall.press()
    found.turn()
    return found


@pytest.fixture
def one(hall: Hall) -> Sender:
    """A provider that has sent a changed sentence as the first submission."""
    hall.forms.organisation(MANAGER, COLLEAGUE)
    made = sender(hall.forms, hall.content)
    made.fill(changed(hall.content, OFFERING, summary="Wij openen samen uw post."))
    assert made.send() == NUMBER
    return made


def _withdraw(browser: Browser, number: int, **typed: str) -> str:
    """Follows the link on Publicaties and sends the reason; gives where that leads."""
    address = f"/beheer/publicaties/{number}/intrekken"
    assert f'href="{address}"' in browser.get("/beheer/publicaties/").text
    browser.get(address)
    return str(browser.post(address, typed).location)


def _restore(browser: Browser, version: str, path: str = ALFA) -> None:
    address = f"/beheer/geschiedenis/{version}/terug/{path}"
    browser.get(address)
    assert browser.post(address, BACK).status_code == 303


def _new_mails(hall: Hall, before: int) -> list[tuple[str, str, str]]:
    found = hall.forms.mails()[before:]
    return [(str(one["To"]), str(one["Subject"]), one.get_content().replace("\r\n", "\n")) for one in found]


def test_a_withdrawn_approval_is_told(hall: Hall, one: Sender) -> None:
    """After withdrawing an approval each manager gets a mail with the reason and what to do; the status page tells it with the day."""
    browser = reviewer(hall.forms)
    decide(browser, NUMBER, "goedkeuren", **{"a.publish_on": "20-1-2026"})
    before = len(hall.forms.mails())
    hall.forms.clock.forward(timedelta(days=1))
    assert "gedaan=ingetrokken" in _withdraw(reviewer(hall.forms), 1, **BACK)
    mails = [one for one in _new_mails(hall, before) if "toch niet" in one[1]]

    assert {to for to, _, _ in mails} == {MANAGER, COLLEAGUE}
    for _, subject, text in mails:
        assert subject == f"Uw aanbod komt toch niet in de gids (nummer {NUMBER})"
        assert REASON in text
        assert "verstuur uw aanbod opnieuw" in text
        assert f"http://gids.test{one.home}/status" in text
    told = text_of(hall.forms.signed_in().get(f"{one.home}/status"))
    assert "Goedkeuring ingetrokken door een medewerker: 16 januari 2026" in told
    assert REASON in told
    assert "vanaf 20 januari" not in told


@pytest.mark.usefixtures("one")
def test_a_withdrawal_needs_a_reason(hall: Hall) -> None:
    """Without a reason, or with one that is private or too long, nothing is withdrawn or mailed, and what was typed stays."""
    browser = reviewer(hall.forms)
    decide(browser, NUMBER, "goedkeuren")
    before, address = len(hall.forms.mails()), "/beheer/publicaties/1/intrekken"
    for typed, told in (("", "Schrijf op waarom"), ("Bel jan@devries.nl", "e-mailadres"), ("x" * 1001, "korter")):
        browser.get(address)
        answer = browser.post(address, {"a.reden": typed})
        assert answer.status_code == 400
        assert told in text_of(answer)
        assert typed in answer.text

    assert (by_number(hall.forms, NUMBER).state, jobs(hall.forms)[0].state) == ("approved", "waiting")
    assert len(hall.forms.mails()) == before


@pytest.mark.usefixtures("one")
def test_the_desk_tells_who_withdrew_it(hall: Hall) -> None:
    """The submission's page and Publicaties name who withdrew it, when and why; no old failure is told behind it."""
    browser = reviewer(hall.forms)
    decide(browser, NUMBER, "goedkeuren")
    _withdraw(browser, 1, **BACK)
    page, list_ = (text_of(browser.get(path)) for path in (f"{QUEUE}{NUMBER}/", "/beheer/publicaties/"))

    for told in (page, list_):
        assert f"Ingetrokken op 15 januari 2026 om 13.00 uur door {REVIEWER}" in told
        assert REASON in told
    assert "Goedgekeurd door" in page
    assert "De publicatie" not in page


def test_it_can_be_sent_and_approved_again(hall: Hall, press: Press, one: Sender) -> None:
    """After a withdrawal the provider sends again what the form still holds, and that comes into the guide."""
    browser = reviewer(hall.forms)
    decide(browser, NUMBER, "goedkeuren")
    _withdraw(browser, 1, **BACK)
    again = one.send()
    decide(browser, again, "goedkeuren")

    assert press.turn() == 1
    assert "Wij openen samen uw post." in hall.content.text(ALFA)
    states = [by_number(hall.forms, number).state for number in (NUMBER, again)]
    assert states == ["retracted", "published"]


@pytest.mark.usefixtures("one")
def test_what_is_too_late_to_withdraw_is_not_told(hall: Hall, press: Press) -> None:
    """When it is live already nothing is withdrawn and nobody is mailed."""
    browser = reviewer(hall.forms)
    decide(browser, NUMBER, "goedkeuren")
    press.turn()
    before = len(hall.forms.mails())

    assert "gedaan=te-laat" in browser.post("/beheer/publicaties/1/intrekken", BACK).location
    assert "gedaan=te-laat" in browser.get("/beheer/publicaties/1/intrekken").location
    assert len(hall.forms.mails()) == before
    assert by_number(hall.forms, NUMBER).state == "published"


def test_an_undoing_is_told(hall: Hall, press: Press, one: Sender) -> None:
    """Who sent what an undoing takes out is mailed at once; the status page and the desk tell it once the old page is back."""
    browser, version = reviewer(hall.forms), hall.history.head()
    decide(browser, NUMBER, "goedkeuren")
    press.turn()
    before = len(hall.forms.mails())
    _restore(browser, version)
    mails = _new_mails(hall, before)

    assert {(to, subject) for to, subject, _ in mails} == {
        (who, f"Uw wijziging gaat weer uit de gids (nummer {NUMBER})") for who in (MANAGER, COLLEAGUE)
    }
    assert all(REASON in text for _, _, text in mails)
    assert by_number(hall.forms, NUMBER).state == "published"
    press.turn()
    told = text_of(one.browser.get(f"{one.home}/status"))
    assert "Uit de gids gehaald door een medewerker: 15 januari 2026" in told
    assert REASON in told
    assert "Dit staat in de gids." not in told
    for path in (f"{QUEUE}{NUMBER}/", "/beheer/publicaties/"):
        assert f"Teruggezet op 15 januari 2026 om 13.00 uur door {REVIEWER}" in text_of(browser.get(path))


@pytest.mark.usefixtures("one")
def test_an_undoing_of_another_file_is_not_told(hall: Hall, press: Press) -> None:
    """Neither is one of a file that somebody else sent, nor one to a version in which what was sent stands."""
    browser, version = reviewer(hall.forms), hall.history.head()
    decide(browser, NUMBER, "goedkeuren")
    press.turn()
    sent = hall.history.head()
    hall.forms.clock.forward(timedelta(minutes=1))
    hall.rename(BETA, "Beta Nieuw")
    hall.rename(ALFA, "Alfa Nieuw")
    press.turn()
    before = len(hall.forms.mails())
    _restore(browser, version, BETA)
    _restore(browser, sent)
    press.turn()

    assert "Wij openen samen uw post." in hall.content.text(ALFA)
    assert len(hall.forms.mails()) == before
    assert by_number(hall.forms, NUMBER).state == "published"


def test_the_whole_guide_goes_back_and_comes_again(hall: Hall, press: Press, one: Sender) -> None:
    """When the whole guide goes back all who sent something are told; when their very version comes back, that is told too."""
    version = hall.history.head()
    browser = administrator(hall.forms)
    decide(browser, NUMBER, "goedkeuren")
    press.turn()
    sent = hall.history.head()
    _restore(browser, version, "")
    press.turn()
    assert by_number(hall.forms, NUMBER).state == "undone"
    assert f'<a href="/beheer/geschiedenis/{version}/">De versie van toen' in browser.get("/beheer/publicaties/").text
    before = len(hall.forms.mails())
    hall.forms.clock.forward(timedelta(minutes=1))
    _restore(browser, sent)
    press.turn()

    assert {subject for _, subject, _ in _new_mails(hall, before)} == {
        f"Uw wijziging komt weer in de gids (nummer {NUMBER})"
    }
    assert by_number(hall.forms, NUMBER).state == "published"
    assert "Dit staat in de gids." in text_of(one.browser.get(f"{one.home}/status"))


def _standing(hall: Hall, browser: Browser, press: Press, version: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Puts the whole guide back to a version; gives how the first three submissions stand then, and who was told what."""
    before = len(hall.forms.mails())
    hall.forms.clock.forward(timedelta(minutes=1))
    _restore(browser, version, "")
    press.turn()
    told = sorted((to, subject) for to, subject, _ in _new_mails(hall, before))
    return [by_number(hall.forms, f"2026-000{number}").state for number in (1, 2, 3)], told


@pytest.mark.usefixtures("one")
def test_all_that_was_undone_comes_back(hall: Hall, press: Press) -> None:
    """Whatever version the whole guide goes to: what stands in the guide is told as published, what doesn't as undone."""
    browser, versions = administrator(hall.forms), [hall.history.head()]
    newcomer(hall.forms, hall.content, "een", "een@een.nl").send()
    newcomer(hall.forms, hall.content, "twee", "twee@twee.nl", kvk="87654322").send()
    for number in (1, 2, 3):
        decide(browser, f"2026-000{number}", "goedkeuren")
        press.turn()
        versions.append(hall.history.head())
    first, _, middle, last = versions
    away, back = (f"Uw wijziging {one} de gids (nummer 2026-0003)" for one in ("gaat weer uit", "komt weer in"))

    assert _standing(hall, browser, press, first)[0] == ["undone", "undone", "undone"]
    undone = hall.history.head()
    states, told = _standing(hall, browser, press, last)
    assert states == ["published", "published", "published"]
    assert {to for to, _ in told} == {MANAGER, COLLEAGUE, "een@een.nl", "twee@twee.nl"}
    whole = hall.history.head()
    assert _standing(hall, browser, press, middle) == (["published", "published", "undone"], [("twee@twee.nl", away)])
    assert _standing(hall, browser, press, whole) == (["published", "published", "published"], [("twee@twee.nl", back)])
    assert _standing(hall, browser, press, undone)[0] == ["undone", "undone", "undone"]


@pytest.mark.usefixtures("one")
def test_an_undoing_that_is_withdrawn_is_told(hall: Hall, press: Press) -> None:
    """When an undoing is withdrawn before it is live, who was told of it hears that all stays as it was."""
    browser, version = reviewer(hall.forms), hall.history.head()
    decide(browser, NUMBER, "goedkeuren")
    press.turn()
    _restore(browser, version)
    before = len(hall.forms.mails())
    browser.get("/beheer/publicaties/")
    browser.post("/beheer/publicaties/2/intrekken")
    press.turn()

    assert {subject for _, subject, _ in _new_mails(hall, before)} == {
        f"Uw wijziging blijft in de gids (nummer {NUMBER})"
    }
    assert by_number(hall.forms, NUMBER).state == "published"


@pytest.mark.usefixtures("one")
def test_what_waits_is_undone_too(hall: Hall, press: Press) -> None:
    """An approval that is still on its way when staff put the file back is told as undone, and is when both are done."""
    version = hall.history.head()
    hall.rename(ALFA, "Alfa Nieuw")
    press.turn()
    browser = reviewer(hall.forms)
    text = hall.named(ALFA, "Alfa Nieuw")
    with hall.forms.desk.database.write() as db:
        found = by_number(hall.forms, NUMBER)
        found.state = "approved"
        db.merge(found)
    number = hall.ask(ALFA, text + "# later\n", submission_id=found.id)
    before = len(hall.forms.mails())
    _restore(browser, version)
    assert press.turn() == 2

    assert hall.progress(number).step == "live"
    assert by_number(hall.forms, NUMBER).state == "undone"
    assert {to for to, _, _ in _new_mails(hall, before)} == {MANAGER, COLLEAGUE}


@pytest.mark.usefixtures("one")
def test_what_is_in_the_history_already_cannot_be_withdrawn(
    hall: Hall, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When only the disk keeps an approval out of the guide, withdrawing it is too late: it comes once there is room."""

    def full(_draft: Draft, path: str, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", path)

    browser = reviewer(hall.forms)
    decide(browser, NUMBER, "goedkeuren")
    with monkeypatch.context() as during:
        during.setattr(Draft, "write", full)
        press.turn()
        assert hall.job(1).step == ELSEWHERE
        before = len(hall.forms.mails())
        browser.get("/beheer/publicaties/1/intrekken")
        answer = browser.post("/beheer/publicaties/1/intrekken", BACK)
    assert answer.location.endswith("gedaan=te-laat")
    assert len(hall.forms.mails()) == before
    hall.press().turn()

    assert "Wij openen samen uw post." in hall.page("alfa-thuis")
    assert by_number(hall.forms, NUMBER).state == "published"
