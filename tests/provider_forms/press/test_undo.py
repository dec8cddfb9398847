"""Staff see what changed, and go back to any version of a provider or of the whole guide."""

from __future__ import annotations

from datetime import timedelta

import pytest

from provider_forms.press.press import Press
from tests.builders import HOME, REGION
from tests.guide.printing import files_of
from tests.provider_forms.press.hall import ALFA, BETA, DELTA, Hall
from tests.provider_forms.provider.filling import elements
from tests.provider_forms.staff.desk_staff import administrator, reviewer
from tests.provider_forms.visiting import text_of

ALFA_PAGE = f"/beheer/geschiedenis/bestand/{ALFA}"
NEWS = f"{HOME}/news/2025-nieuwe-gids.md"
WHY = {"a.reden": "De oude tekst klopte."}


@pytest.fixture
def press(hall: Hall) -> Press:
    """A press that works already."""
    found = hall.press()
    found.turn()
    return found


def _publish(hall: Hall, press: Press, path: str, name: str | None) -> str:
    hall.forms.clock.forward(timedelta(minutes=1))
    if name is None:
        hall.ask(path, None, title=f"{path} weg")
    else:
        hall.ask(path, hall.named(path, name), title=name)
    assert press.turn() == 1
    return hall.history.head()


def test_any_version_of_a_provider_comes_back_byte_for_byte(hall: Hall, press: Press) -> None:
    """Restoring the second of four versions gives its very page and file, in one action, with the reason in the history."""
    pages = {}
    for name in ("Alfa Een", "Alfa Twee", "Alfa Drie"):
        head = _publish(hall, press, ALFA, name)
        pages[head] = (hall.page("alfa-thuis"), hall.content.text(ALFA))
    second = list(pages)[1]
    visitor = reviewer(hall.forms)
    assert "Geschiedenis van Alfa Drie" in visitor.get(ALFA_PAGE).text
    visitor.get(f"/beheer/geschiedenis/{second}/terug/{ALFA}")
    answer = visitor.post(f"/beheer/geschiedenis/{second}/terug/{ALFA}", WHY)

    assert (answer.status_code, answer.location) == (303, "/beheer/publicaties/#taak-4")
    assert press.turn() == 1
    assert (hall.page("alfa-thuis"), hall.content.text(ALFA)) == pages[second]
    newest = hall.history.versions(limit=1)[0]
    assert newest.subject == "Alfa Drie: teruggezet naar 15-01-2026 13:02"
    assert newest.body.startswith("De oude tekst klopte.")


def test_provider_that_went_comes_back(hall: Hall, press: Press) -> None:
    """A provider that was taken out is put back as it was, from the history of its file."""
    before = hall.page("delta-logeren")
    there = hall.history.head()
    _publish(hall, press, DELTA, None)
    visitor = reviewer(hall.forms)
    page = text_of(visitor.get(f"/beheer/geschiedenis/bestand/{DELTA}"))
    assert "weg bijgewerkt" in page
    visitor.get(f"/beheer/geschiedenis/{there}/terug/{DELTA}")
    visitor.post(f"/beheer/geschiedenis/{there}/terug/{DELTA}", WHY)
    press.turn()

    assert hall.page("delta-logeren") == before


def test_whole_guide_goes_back(hall: Hall, press: Press) -> None:
    """An administrator puts the whole guide back to a version: every file of the site is what it was, in one commit."""
    wanted, there = files_of(hall.site), hall.history.head()
    _publish(hall, press, ALFA, "Alfa Nieuw")
    _publish(hall, press, BETA, None)
    _publish(hall, press, f"{HOME}/providers/gamma-zorg.yaml", "Gamma Nieuw")
    visitor = administrator(hall.forms)
    page = visitor.get(f"/beheer/geschiedenis/{there}/terug/")
    assert "3 bestanden worden" in text_of(page)
    visitor.post(f"/beheer/geschiedenis/{there}/terug/", WHY)
    assert press.turn() == 1

    assert files_of(hall.site) == wanted
    assert len(hall.history.touched("HEAD")) == 3


def test_whole_guide_is_for_administrators(hall: Hall, press: Press) -> None:
    """A reviewer can't put the whole guide back, and isn't offered it."""
    there = hall.history.head()
    _publish(hall, press, ALFA, "Alfa Nieuw")
    visitor = reviewer(hall.forms)
    page = visitor.get(f"/beheer/geschiedenis/{there}/")

    assert "Zet de hele gids terug" not in page.text
    assert visitor.get(f"/beheer/geschiedenis/{there}/terug/").status_code == 403
    assert visitor.post(f"/beheer/geschiedenis/{there}/terug/", WHY).status_code == 403
    assert press.turn() == 0


def test_reason_is_obligatory_and_what_was_typed_stays(hall: Hall, press: Press) -> None:
    """Without a reason, or with one that is too long, nothing happens, the page tells, and the text is still there."""
    there = hall.history.head()
    _publish(hall, press, ALFA, "Alfa Nieuw")
    visitor, address = reviewer(hall.forms), f"/beheer/geschiedenis/{there}/terug/{ALFA}"
    visitor.get(address)
    empty, long = visitor.post(address, {"a.reden": " "}), visitor.post(address, {"a.reden": "x" * 1001})

    assert (empty.status_code, long.status_code) == (400, 400)
    assert "Schrijf op waarom" in text_of(empty)
    assert "x" * 1001 in long.text
    assert press.turn() == 0


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Gevraagd door jan@devries.nl.", "Hier staat een e-mailadres"),
        ("Klacht van 111222333.", "burgerservicenummer"),
        ("Fout.\n\nCo-authored-by: Jan <jan@devries.nl>", "Hier staat een e-mailadres"),
    ],
)
def test_nothing_private_enters_the_history(hall: Hall, press: Press, reason: str, told: str) -> None:
    """A reason with a mail address or a citizen's number is refused, and what was typed stays."""
    head = _publish(hall, press, ALFA, "Alfa Een")
    visitor = reviewer(hall.forms)
    page = f"/beheer/geschiedenis/{head}/terug/{ALFA}"
    visitor.get(page)
    answer = visitor.post(page, {"a.reden": reason})

    assert answer.status_code == 400
    assert told in text_of(answer)


def test_a_reason_is_one_line_of_the_history(hall: Hall, press: Press) -> None:
    """Line breaks in a reason become blanks, so that nothing in it looks like a line that git itself would read."""
    first = _publish(hall, press, ALFA, "Alfa Een")
    _publish(hall, press, ALFA, "Alfa Twee")
    visitor = reviewer(hall.forms)
    visitor.get(f"/beheer/geschiedenis/{first}/terug/{ALFA}")
    visitor.post(f"/beheer/geschiedenis/{first}/terug/{ALFA}", {"a.reden": "Fout.\r\n\r\nSigned-off-by: Jan"})
    assert press.turn() == 1

    assert hall.history.versions(limit=1)[0].body.startswith("Fout. Signed-off-by: Jan\n")


def test_version_shows_old_and_new_words(hall: Hall, press: Press) -> None:
    """A version's page shows a provider's answers, and the lines of other files, with what was added and removed in words."""
    _publish(hall, press, ALFA, "Alfa Nieuw")
    visitor = reviewer(hall.forms)
    answers = visitor.get(f"/beheer/geschiedenis/{hall.history.head()}/").text
    region = f"{HOME}/region.yaml"
    hall.ask(region, hall.content.text(region).replace("welke hulp er is in", "welke hulp u krijgt in"), what="content")
    press.turn()
    lines = visitor.get(f"/beheer/geschiedenis/{hall.history.head()}/").text

    assert '<ins><span class="wg-visually-hidden">[erbij:</span> Nieuw' in answers
    assert '<del><span class="wg-visually-hidden">[weg:</span> er' in lines
    assert '<ins><span class="wg-visually-hidden">[erbij:</span> u' in lines


def test_a_version_shows_what_people_wrote_alone(hall: Hall, press: Press) -> None:
    """The page of a version tells why it was made, without the lines of the message that are for the software."""
    page = text_of(reviewer(hall.forms).get(f"/beheer/geschiedenis/{_publish(hall, press, ALFA, 'Alfa Nieuw')}/"))

    assert "Goedgekeurd in een proef." in page
    assert "Opdracht:" not in page


def test_unknown_versions_and_paths_are_not_found(hall: Hall, press: Press) -> None:
    """Whatever is no version, or no file of the content, is a 404: also ways out of the folder and options for git."""
    head = hall.history.head()
    visitor = administrator(hall.forms)
    for address in (
        "geschiedenis/0000000000000000000000000000000000000000/",
        "geschiedenis/--all/",
        "geschiedenis/HEAD/",
        "geschiedenis/bestand/niets.yaml",
        "geschiedenis/bestand/../../etc/passwd",
        "geschiedenis/bestand/.git/config",
        f"geschiedenis/{head}/terug/.git/config",
        f"geschiedenis/{head}/terug/niets.yaml",
        f"geschiedenis/{head}~1/",
    ):
        assert visitor.get(f"/beheer/{address}").status_code == 404, address


def test_publications_page_tells_how_far_each_job_is(hall: Hall, press: Press) -> None:
    """The page shows what waits, what failed and why, and what is live; failed ones can be tried again or withdrawn."""
    hall.rename(ALFA, "Alfa Nieuw")
    bad = hall.ask(BETA, hall.content.text(BETA).replace("helmdorp", "nergens"), title="Beta")
    press.turn()
    hall.forms.clock.forward(timedelta(minutes=1))
    hall.rename(DELTA, "Delta Nieuw")
    visitor = reviewer(hall.forms)
    page = text_of(visitor.get("/beheer/publicaties/"))

    assert "Niet gelukt" in page
    assert f"{BETA}:" in page
    assert "Wacht" in page
    assert "Staat in de gids sinds" in page
    assert "De pers staat stil" in page
    assert visitor.post(f"/beheer/publicaties/{bad}/opnieuw").status_code == 303
    assert hall.progress(bad).step == "waiting"
    assert visitor.post(f"/beheer/publicaties/{bad}/intrekken").location.endswith("gedaan=ingetrokken")
    assert hall.progress(bad).step == "withdrawn"
    assert visitor.post("/beheer/publicaties/999/opnieuw").status_code == 404
    assert press.turn() == 1


def test_what_is_live_can_be_looked_at_from_the_list(hall: Hall, press: Press) -> None:
    """What is live leads to its page in the guide; what waits, what went and what changed many pages don't."""
    hall.rename(ALFA, "Alfa Nieuw")
    hall.ask(NEWS, f"{hall.content.text(NEWS)}\nNog een zin.\n", what="content")
    hall.ask(DELTA, None)
    press.turn()
    hall.rename(BETA, "Beta Nieuw")
    page = reviewer(hall.forms).get("/beheer/publicaties/")
    leads = [link.get("href") for link in elements(page, "//a[contains(., 'Bekijk in de gids')]")]

    assert leads == [f"/{REGION}/nieuws/2025-nieuwe-gids/", f"/{REGION}/aanbieders/alfa-thuis/"]
    assert all((hall.site / address.strip("/") / "index.html").is_file() for address in leads)
