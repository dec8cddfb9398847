"""“Alles klopt nog” from a mail."""

from __future__ import annotations

import re

import pytest

from provider_forms.desk.models import Submission
from provider_forms.desk.taken_apart import fingerprint
from tests.builders import HOME, ContentFolder
from tests.provider_forms.visiting import MANAGER, SLUG, Forms, text_of
from wmo_guide.store.yaml_text import read_tree


@pytest.fixture
def link(forms: Forms) -> str:
    """The path of a mailed link to confirm."""
    forms.organisation(MANAGER)
    result = forms.app.test_cli_runner().invoke(args=["ask-confirmation", "duinrand", SLUG])
    assert result.exit_code == 0, result.output
    return forms.last_link()


def _all(forms: Forms) -> list[Submission]:
    with forms.desk.database.read() as db:
        return list(db.query(Submission))


def test_looking_confirms_nothing(forms: Forms, link: str) -> None:
    """Opening the link, also many times, shows what the guide says with a button, and confirms nothing."""
    for _ in range(3):
        page = forms.browser().get(link)

    assert page.status_code == 200
    assert "Ja, alles klopt nog</button>" in page.text
    assert "20 november 2025" in text_of(page)
    assert "Post en papieren : Wij openen samen de post." in text_of(page)
    assert _all(forms) == []


def test_the_button_confirms_without_signing_in(forms: Forms, sample: ContentFolder, link: str) -> None:
    """Pressing the button makes a submission whose file has a new confirmation and nothing else new."""
    browser = forms.browser()
    page = browser.follow(link)
    found = _all(forms)

    assert "nog klopt" in text_of(page)
    assert [(one.kind, one.state) for one in found] == [("confirmation", "approved")]
    tree, old = read_tree(found[0].payload), read_tree(sample.text(f"{HOME}/providers/{SLUG}.yaml"))
    assert isinstance(tree, dict)
    assert isinstance(old, dict)
    assert tree.pop("confirmed") == {"on": "2026-01-15", "by": "de aanbieder"}
    old.pop("confirmed")
    assert tree == old


def test_the_button_works_once(forms: Forms, link: str) -> None:
    """A second press says that the link was used, and confirms nothing more."""
    forms.browser().follow(link)
    browser = forms.browser()
    browser.get("/aanbieder/inloggen")
    page = browser.post(link)

    assert page.status_code == 410
    assert len(_all(forms)) == 1


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda _: "A" * 43, lambda _: "..%2f..%2fetc"])
def test_an_altered_link_is_refused(forms: Forms, link: str, change: object) -> None:
    """A link with an altered token shows nothing of any organisation."""
    assert callable(change)
    start, _, token = link.rpartition("/")
    page = forms.browser().get(f"{start}/{change(token)}")

    assert page.status_code in (404, 410)
    assert "Wij openen samen de post." not in page.text


def test_a_post_without_the_pages_token_confirms_nothing(forms: Forms, link: str) -> None:
    """A post that comes from another page shows the page again and confirms nothing."""
    page = forms.browser().client.post(link)

    assert page.status_code == 400
    assert "Druk nog een keer op de knop." in text_of(page)
    assert _all(forms) == []


def test_a_confirmation_is_told_on_the_status_page(forms: Forms, link: str) -> None:
    """What was confirmed stands on the organisation's status page."""
    forms.browser().follow(link)
    organisation = forms.organisation(MANAGER)
    text = text_of(forms.signed_in().get(f"/aanbieder/{organisation}/status"))

    assert "2026-0001: U zei: alles klopt nog" in text


@pytest.mark.parametrize("arguments", [["duinrand", "nergens"], ["nergens", SLUG]])
def test_who_isnt_in_the_guide_isnt_asked(forms: Forms, arguments: list[str]) -> None:
    """The command refuses an organisation that isn't in the guide."""
    forms.organisation(MANAGER, slug="nieuw")
    for given in (arguments, ["duinrand", "nieuw"]):
        result = forms.app.test_cli_runner().invoke(args=["ask-confirmation", *given])

        assert result.exit_code == 1
        assert re.search(r"staat niet in de gids", result.output)


def test_a_second_confirmation_builds_on_the_first(forms: Forms, link: str) -> None:
    """Two confirmations shortly after each other both go to the press, the second on the file that the first makes."""
    forms.browser().follow(link)
    passed = forms.app.test_cli_runner().invoke(args=["ask-confirmation", "duinrand", SLUG])
    again = forms.app.test_cli_runner().invoke(args=["ask-confirmation", "--again", "duinrand", SLUG])
    assert "0 mails verstuurd. Alle beheerders kregen" in passed.output
    assert again.exit_code == 0, again.output
    page = forms.browser().follow(forms.last_link())
    first, second = _all(forms)

    assert page.status_code == 200
    assert {first.state, second.state} == {"approved"}
    assert second.base == fingerprint(first.payload)
