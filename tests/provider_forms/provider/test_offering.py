"""What is offered for a block: its questions, levels, answers taken over, the last day."""

from __future__ import annotations

import pytest

from tests.builders import HOME, ContentFolder
from tests.provider_forms.provider.filling import OFFERING, elements, fill_in, filled, part, typed
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of, title_of

LODGING = "aanbod/2024/uit-logeren"
DAY = "aanbod/2024/dag-buiten"


@pytest.fixture
def home(forms: Forms) -> str:
    """Path of the overview."""
    return f"/aanbieder/{forms.organisation(MANAGER)}/"


@pytest.fixture
def browser(forms: Forms, home: str) -> Browser:
    """A manager's browser."""
    return forms.signed_in()


def _asked(browser: Browser, path: str) -> set[str]:
    inputs = elements(browser.get(path), "//form[contains(@class, 'wf-questions')]//*[starts-with(@name, 'a.')]")
    return {one.attrib["name"].split(".")[1] for one in inputs}


def test_each_block_asks_its_own_questions(browser: Browser, home: str) -> None:
    """Arrangements, bands, question sets and questions of a block stand on its page alone."""
    papers, day, lodging = (_asked(browser, home + path) for path in (OFFERING, DAY, LODGING))

    assert papers - day == {"arrangements"}
    assert day - papers == {"bands", "group_size", "meal"}
    assert lodging - papers == {"otherwise", "beds"}


def test_exceptional_level_asks_for_a_motivation(forms: Forms, browser: Browser, home: str) -> None:
    """Without a script, saving an exceptional level shows that a motivation is missing; with one it leads on."""
    path = home + OFFERING
    missing = fill_in(browser, path, {"levels.intensity": ["1", "2"]})

    assert missing.status_code == 400
    assert title_of(missing).startswith("Het formulier is niet verzonden, er is 1 foutmelding")
    assert "Waarom het bijzondere niveau?" in text_of(missing)
    assert browser.post(path, filled(missing, {"level_motivation": "Na een opname."})).status_code == 303
    assert part(forms, 1, "offering/2024/post-en-papieren").answers["level_motivation"] == "Na een opname."


def test_saving_leads_to_the_next_block_without_answers(browser: Browser, home: str) -> None:
    """After one block comes the next that nothing was filled in for; after the last the check of all answers."""
    fill_in(browser, f"{home}bouwstenen", {"blocks": ["post-en-papieren", "dag-buiten", "uit-logeren"]})

    first = fill_in(browser, home + OFFERING, {})
    last = fill_in(
        browser,
        home + LODGING,
        {"summary": "x", "what": "x", "how": ["group"], "municipalities": ["helmdorp"], "transport": "own"},
    )

    assert first.location == home + LODGING
    assert last.location == f"{home}controleren"


def test_answers_are_taken_over_in_one_press(forms: Forms, browser: Browser, home: str) -> None:
    """What fits comes along: not the levels of axes that the block lacks, not what only the other block asks."""
    fill_in(browser, f"{home}bouwstenen", {"blocks": ["post-en-papieren", "uit-logeren"]})

    answer = fill_in(browser, home + LODGING, {}, button="overnemen:post-en-papieren")

    page = browser.get(answer.location)
    assert "overgenomen" in text_of(page)
    assert part(forms, 1, "offering/2024/uit-logeren").answers == {
        "summary": "Wij openen samen de post.",
        "what": "Elke week komt er iemand bij u thuis.",
        "how": ["individual", "remote"],
        "municipalities": ["zandhoek", "helmdorp"],
        "locations": ["kantoor"],
        "intake_stop": "no",
        "waiting_weeks": "3",
        "transport": "own",
        "start": "U belt ons.",
    }


def test_levels_that_exist_here_are_taken_over(forms: Forms, browser: Browser, home: str) -> None:
    """Of the levels those on an axis of this block come along; an answer that was typed here stays."""
    fill_in(
        browser,
        home + DAY,
        {"levels.complexity": [], "summary": "Mijn eigen zin", "what": ""},
        button="overnemen:post-en-papieren",
    )

    answers = part(forms, 1, "offering/2024/dag-buiten").answers
    assert answers["levels"] == {"complexity": ["light", "heavy"]}
    assert answers["summary"] == "Mijn eigen zin"
    assert answers["what"] == "Elke week komt er iemand bij u thuis."
    assert answers["how"] == ["group"]


def test_taking_over_from_nowhere_saves_the_page(forms: Forms, browser: Browser, home: str) -> None:
    """A forged source takes nothing over and loses nothing."""
    fill_in(browser, home + OFFERING, {"summary": "Mijn zin"}, button="overnemen:geheim")

    assert part(forms, 1, "offering/2024/post-en-papieren").answers["summary"] == "Mijn zin"


def test_enter_saves_and_takes_nothing_over(browser: Browser, home: str) -> None:
    """The first button of the form, which Enter presses, is the one that saves."""
    [first, *_] = elements(browser.get(home + DAY), "//form//button[@name='doe']")

    assert first.attrib["value"] == "verder"


def test_block_without_others_offers_nothing_to_take_over(forms: Forms) -> None:
    """A first offering shows no buttons to take answers over."""
    home = f"/aanbieder/{forms.organisation(MANAGER, slug='nieuw')}/"
    page = forms.signed_in().get(home + DAY)

    assert not elements(page, "//button[starts-with(@value, 'overnemen')]")
    assert "koos u nu niet" in text_of(page)


@pytest.mark.parametrize(
    ("typed_end", "status", "stored", "told"),
    [
        ("31-12-2026", 303, "2026-12-31", "stopt na 31 december 2026"),
        ("15-1-2026", 303, "2026-01-15", "stopt na 15 januari 2026"),
        ("14-1-2026", 303, "2026-01-14", "staat niet meer in de gids, want de laatste dag was 14 januari 2026"),
        ("31-2-2026", 400, "31-2-2026", "de einddatum klopt nog niet"),
        ("", 303, None, None),
    ],
)
def test_offering_is_ended_with_a_date(  # noqa: PLR0913, PLR0917  (what is typed, and all that comes of it)
    forms: Forms, browser: Browser, home: str, typed_end: str, status: int, stored: str | None, told: str | None
) -> None:
    """The last day is stored in its normal form, shown as it was typed and in the overview; what is no day is stored and told."""
    answer = fill_in(browser, f"{home}{DAY}/einde", {"end": typed_end})

    assert answer.status_code == status
    choice = part(forms, 1, "blocks").answers
    assert choice["ends"].get("dag-buiten") == stored
    assert choice["blocks"] == ["post-en-papieren", "dag-buiten"]
    assert typed(browser.get(f"{home}{DAY}/einde"), "end") == typed_end
    assert (told or "stopt na") in text_of(browser.get(home)) or told is None
    if told is None:
        assert "stopt na" not in text_of(browser.get(home))


def test_page_of_a_block_that_left_the_matrix_gives_the_text_back(
    forms: Forms, browser: Browser, home: str, content: ContentFolder
) -> None:
    """When staff take a block out while somebody types, the post is not found and shows all that was typed."""
    forms.desk.content = content.root
    blocks = ("areas", 1, "blocks")
    lodging = content.tree(f"{HOME}/matrix/2024.yaml")["areas"][1]["blocks"][1]
    content.put(f"{HOME}/matrix/2024.yaml", (*blocks, 2), {**lodging, "slug": "kort-hier", "code": "D3"})
    path = f"{home}aanbod/2024/kort-hier"
    page = filled(browser.get(path), {"summary": "Mijn lange tekst"})
    content.drop(f"{HOME}/matrix/2024.yaml", (*blocks, 2))

    answer = browser.post(path, page)

    assert answer.status_code == 404
    assert "Mijn lange tekst" in [one.text for one in elements(answer, "//textarea")]


def test_answer_to_a_question_that_left_is_shown(
    forms: Forms, browser: Browser, home: str, content: ContentFolder
) -> None:
    """When staff take a question out while somebody types, the page shows the answer that it can't store."""
    page = filled(browser.get(home + LODGING), {"beds": "12"})
    forms.desk.content = content.root
    content.drop(f"{HOME}/matrix/2024.yaml", ("areas", 1, "blocks", 1, "questions"))

    answer = browser.post(home + LODGING, page)

    assert "Een vraag is veranderd" in text_of(answer)
    assert [one.text for one in elements(answer, "//textarea[@readonly]")] == ["12"]
