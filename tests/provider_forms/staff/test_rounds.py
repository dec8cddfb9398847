"""A submission that comes back with comments, and the provider's answer to it."""

from __future__ import annotations

import pytest

from provider_forms.desk.models import Organisation
from tests.builders import ContentFolder
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.provider.filling import elements
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.staff.sending import QUEUE, Sender, changed, decide, newcomer, sender
from tests.provider_forms.visiting import Forms, text_of

SUMMARY = f"a.o.{OFFERING}|summary"
PHONE = "a.o.organisation|phone"


@pytest.fixture
def returned(forms: Forms, sample: ContentFolder) -> Sender:
    """A provider whose first submission came back with a reason and two comments."""
    made = sender(forms, sample)
    made.fill(changed(sample, OFFERING, summary="Wij openen samen uw post.", start="U mailt ons."))
    made.send()
    typed = {"a.reden": "Bijna goed.", SUMMARY: "Wie is “wij”?", PHONE: "Klopt dit nummer nog?"}
    decide(reviewer(forms), "2026-0001", "terugsturen", **typed)
    return made


def test_the_mail_reads_well_whatever_the_organisation_is_called(forms: Forms, sample: ContentFolder) -> None:
    """The name of a B.V. brings no second full stop, and the question of a comment no colon behind its question mark."""
    made = newcomer(forms, sample, "bv", "bv@example.nl", name="Zorg B.V.")
    with forms.desk.database.write() as db:
        db.get_one(Organisation, made.organisation).name = "Zorg B.V."
    for button in ("terugsturen", "afwijzen"):
        number = made.send()
        decide(reviewer(forms), number, button, **{"a.reden": "Bijna goed.", PHONE: "Klopt dit nummer nog?"})
        text = next(mail for mail in forms.mails() if mail["To"] == "bv@example.nl" and "Bijna goed." in str(mail))

        assert "Zorg B.V. verstuurde. Het" in text.get_content()
        assert "?:" not in text.get_content()


def test_the_status_page_tells_the_comments(returned: Sender) -> None:
    """The provider reads the reason and each comment, with a way to the question itself."""
    page = returned.browser.get(f"{returned.home}/status")

    assert "Teruggestuurd met opmerkingen" in text_of(page)
    assert "Bijna goed." in text_of(page)
    assert "Aanbod: Post en papieren: Wat doet u, in één zin? Wie is “wij”?" in text_of(page)
    links = [node.get("href") for node in elements(page, "//section//li/a")]
    assert links == [
        f"{returned.home}/aanbod/2024/post-en-papieren?nakijken=ja#v-summary",
        f"{returned.home}/organisatie?nakijken=ja#v-phone",
    ]


def test_a_comment_stands_at_its_question(returned: Sender) -> None:
    """The form shows the comment at the question, tied to its input, and so does the page that checks all answers."""
    page = returned.browser.get(f"{returned.home}/aanbod/2024/post-en-papieren")
    check = returned.browser.get(f"{returned.home}/controleren")
    field = elements(page, "//*[@id='v-summary']")[0]
    comment = elements(page, "//*[@id='opmerking-v-summary']")[0]

    assert "Wie is “wij”?" in comment.text_content()
    assert "opmerking-v-summary" in str(field.get("aria-describedby")).split()
    assert page.text.count("Opmerking van een medewerker van de gids") == 1
    assert text_of(check).count("Opmerking van een medewerker van de gids") == 2


def test_after_sending_again_the_comments_are_gone_from_the_form(returned: Sender, sample: ContentFolder) -> None:
    """Once the provider has answered, the comments no longer stand in its form; the status page keeps them."""
    returned.fill(changed(sample, OFFERING, summary="Marieke opent met u de post."))
    returned.send()

    assert "Wie is “wij”?" not in returned.browser.get(f"{returned.home}/aanbod/2024/post-en-papieren").text
    assert "Wie is “wij”?" in returned.browser.get(f"{returned.home}/status").text


def test_staff_see_what_changed_since_their_comments(forms: Forms, returned: Sender, sample: ContentFolder) -> None:
    """Sent again, the page shows only what changed since, each comment beside its answer, also beside one that didn't."""
    returned.fill(changed(sample, OFFERING, summary="Marieke opent met u de post.", start="U mailt ons."))
    page = reviewer(forms).get(f"{QUEUE}{returned.send()}/")
    marked = [node.text_content() for node in elements(page, "//form//dd//del")]
    said = {node.text_content().strip() for node in elements(page, "//form//div[@class='wf-said']")}

    assert "Een antwoord op uw opmerkingen van 15 januari 2026" in text_of(page)
    assert "Veranderd sinds uw opmerkingen" in text_of(page)
    assert marked == ["[weg: Wij openen samen uw ]"]
    assert any("Wie is “wij”?" in text and "niet veranderd" not in text for text in said)
    assert any("Klopt dit nummer nog?" in text and "Dit antwoord is niet veranderd." in text for text in said)


def test_the_guide_and_earlier_rounds_stay_at_hand(forms: Forms, returned: Sender, sample: ContentFolder) -> None:
    """Sent again, everything against the guide can be unfolded, and the earlier round with who said what is readable."""
    returned.fill(changed(sample, OFFERING, summary="Marieke opent met u de post.", start="U mailt ons."))
    browser = reviewer(forms)
    page = browser.get(f"{QUEUE}{returned.send()}/")
    text = text_of(page)

    assert "Alles vergeleken met de gids" in text
    assert "U [weg: belt ][erbij: mailt ]ons." in " ".join(
        node.text_content() for node in elements(page, "//details[summary[contains(., 'Alles vergeleken')]]//dd/p")
    )
    assert "2026-0001: teruggestuurd met opmerkingen op 15 januari 2026 om 13.00 uur door rosa@regio.example.nl" in text
    assert "Bijna goed." in text
    earlier = browser.get(f"{QUEUE}2026-0001/")
    assert "Teruggestuurd met opmerkingen door rosa@regio.example.nl" in text_of(earlier)
    assert "Klopt dit nummer nog?" in text_of(earlier)


def test_a_newcomer_sends_again(forms: Forms, sample: ContentFolder) -> None:
    """A provider that isn't in the guide can be sent back, send again, and be approved as new."""
    made = newcomer(forms, sample, "nieuw", "nora@example.nl")
    browser = reviewer(forms)
    decide(browser, made.send(), "terugsturen", **{"a.reden": "Vertel iets meer."})
    parts = changed(sample, OFFERING, summary="Nora opent met u de post.")
    made.fill(parts, "nora@example.nl")
    number = made.send()
    page = browser.get(f"{QUEUE}{number}/")

    assert "Een nieuwe aanbieder. Een antwoord op uw opmerkingen van 15 januari 2026" in text_of(page)
    assert len(elements(page, "//form//dd//ins")) == 1
    assert decide(browser, number, "goedkeuren").status_code == 303


def test_a_rejection_is_told(forms: Forms, sample: ContentFolder) -> None:
    """The provider reads on its status page why it was rejected; nothing of it stands in the form."""
    made = sender(forms, sample)
    made.fill(changed(sample, OFFERING, summary="Koop nu!"))
    decide(reviewer(forms), made.send(), "afwijzen", **{"a.reden": "Dit is reclame.", SUMMARY: "Reclame."})

    assert "Dit is reclame." in text_of(made.browser.get(f"{made.home}/status"))
    assert "Opmerking van een medewerker" not in made.browser.get(f"{made.home}/aanbod/2024/post-en-papieren").text
