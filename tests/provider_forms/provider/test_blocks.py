"""The choice of building blocks, and what doesn't fit the matrix."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import HOME, ContentFolder
from tests.provider_forms.provider.filling import elements, fill_in, part
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of


@pytest.fixture
def home(forms: Forms) -> str:
    """Path of the overview."""
    return f"/aanbieder/{forms.organisation(MANAGER)}/"


@pytest.fixture
def browser(forms: Forms, home: str) -> Browser:
    """A manager's browser."""
    return forms.signed_in()


def _chosen(browser: Browser, home: str) -> list[str]:
    boxes = elements(browser.get(f"{home}bouwstenen"), "//input[@name='a.blocks'][@checked]")
    return [one.attrib["value"] for one in boxes]


def test_blocks_are_explained_where_they_are_chosen(browser: Browser, home: str) -> None:
    """Each block has its plain name as label, and beside it the official name, the result, and what belongs to it or not."""
    page = browser.get(f"{home}bouwstenen")

    [label] = elements(page, "//label[.='Post en papieren']")
    [box] = elements(page, f"//input[@id='{label.attrib['for']}']")
    told = elements(page, f"//*[@id='{box.attrib['aria-describedby']}']/p")
    assert [str(one.text_content()) for one in told] == [
        "Administratie op orde (W1). Resultaat: De administratie is op orde.",
        "Hoort hier wel: Post openen.",
        "Hoort hier niet: Uw geld beheren.",
    ]
    assert [one.text for one in elements(page, "//legend")] == ["Thuis wonen", "Iets te doen overdag"]


def test_choosing_leads_to_the_first_block_without_answers(browser: Browser, home: str) -> None:
    """After the choice comes the first chosen block that nothing was written at; without one the overview."""
    first = fill_in(browser, f"{home}bouwstenen", {"blocks": ["post-en-papieren", "uit-logeren"]})
    again = fill_in(browser, f"{home}bouwstenen", {"blocks": ["post-en-papieren"]})

    assert first.location == f"{home}aanbod/2024/uit-logeren"
    assert again.location == f"{home}?gedaan=gekozen"


def test_only_the_edition_in_force_is_offered(browser: Browser, home: str, sample: ContentFolder) -> None:
    """Blocks of a former edition can't be chosen."""
    former = {block["slug"] for area in sample.tree(f"{HOME}/matrix/2020.yaml")["areas"] for block in area["blocks"]}
    offered = {one.attrib["value"] for one in elements(browser.get(f"{home}bouwstenen"), "//input[@name='a.blocks']")}

    assert offered == {"post-en-papieren", "dag-buiten", "uit-logeren"}
    assert former - offered


def test_choice_is_stored(forms: Forms, browser: Browser, home: str) -> None:
    """The choice is kept with the edition it is about, and the ends of offerings stay."""
    answer = fill_in(browser, f"{home}bouwstenen", {"blocks": ["dag-buiten", "uit-logeren"]})

    assert answer.status_code == 303
    assert part(forms, 1, "blocks").answers == {
        "blocks": ["dag-buiten", "uit-logeren"],
        "edition": "2024",
        "ends": {"dag-buiten": "2030-12-31"},
    }
    assert _chosen(browser, home) == ["dag-buiten", "uit-logeren"]


def test_block_that_is_not_chosen_any_more_keeps_its_answers(forms: Forms, browser: Browser, home: str) -> None:
    """Choosing a block again brings back what was filled in for it."""
    before = part_after_visit(forms, browser, home)
    fill_in(browser, f"{home}bouwstenen", {"blocks": ["uit-logeren"]})
    assert "Dat koos u nu niet" in text_of(browser.get(f"{home}bouwstenen"))

    fill_in(browser, f"{home}bouwstenen", {"blocks": ["post-en-papieren"]})

    assert part(forms, 1, "offering/2024/post-en-papieren").answers == before


def part_after_visit(forms: Forms, browser: Browser, home: str) -> object:
    """The answers of the sample's offering, once the draft has begun."""
    browser.get(home)
    return part(forms, 1, "offering/2024/post-en-papieren").answers


def test_forged_block_is_told(browser: Browser, home: str) -> None:
    """A block that doesn't exist is refused with a message, and can't be opened."""
    answer = fill_in(browser, f"{home}bouwstenen", {"blocks": ["post-en-papieren", "gratis-geld"]})

    assert answer.status_code == 400
    assert "Kies opnieuw" in text_of(answer)
    assert _chosen(browser, home) == ["post-en-papieren"]
    assert browser.get(f"{home}aanbod/2024/gratis-geld").status_code == 404


@pytest.mark.parametrize(
    ("blocks", "remark"),
    [
        (
            ["post-en-papieren", "dag-buiten", "uit-logeren"],
            "U koos 3 van de 3 bouwstenen. Bij 1 daarvan schreef u nog niets.",
        ),
        (["post-en-papieren", "dag-buiten"], ""),
        (["post-en-papieren"], "U schreef ook iets bij: Een fijne dag."),
    ],
)
def test_many_or_few_blocks_are_remarked_on(browser: Browser, home: str, blocks: list[str], remark: str) -> None:
    """A choice that differs much from what is described gets a remark, and is never refused."""
    answer = fill_in(browser, f"{home}bouwstenen", {"blocks": blocks})

    assert answer.status_code == 303
    for path in ("", "bouwstenen"):
        said = text_of(browser.get(home + path))
        assert remark in said
        assert ("U koos" in said) == bool(remark)


def test_one_block_of_a_new_provider_is_remarked_on(forms: Forms) -> None:
    """Who chooses a single block reads that more may be chosen, now or later."""
    home = f"/aanbieder/{forms.organisation(MANAGER, slug='nieuw')}/"
    browser = forms.signed_in()
    fill_in(browser, f"{home}bouwstenen", {"blocks": ["dag-buiten"]})

    assert "U koos 1 van de 3 bouwstenen. Biedt u meer?" in text_of(browser.get(home))


def test_what_does_not_fit_is_a_full_answer(forms: Forms, browser: Browser, home: str) -> None:
    """The button for it saves the choice first; the text is stored and shown again."""
    answer = fill_in(browser, f"{home}bouwstenen", {"blocks": ["dag-buiten"]}, button="misfit")

    assert answer.location == f"{home}past-niet"
    assert _chosen(browser, home) == ["dag-buiten"]
    fill_in(browser, f"{home}past-niet", {"misfit": "Wij varen met <b>mensen</b>."})
    assert part(forms, 1, "misfit").answers == {"misfit": "Wij varen met <b>mensen</b>."}
    assert "Wij varen met <b>mensen</b>." in text_of(browser.get(f"{home}past-niet"))


def test_new_edition_asks_for_a_new_choice(forms: Forms, browser: Browser, home: str, content: ContentFolder) -> None:
    """When another edition comes in force, nothing is chosen yet, the page says why, and old answers are kept."""
    browser.get(home)
    forms.desk.content = content.root
    edition = content.tree(f"{HOME}/matrix/2024.yaml")
    content.write(f"{HOME}/matrix/2027.yaml", {**edition, "title": "Matrix 2027", "start": "2027-01-01"})
    content.put(f"{HOME}/matrix/2024.yaml", ("end",), "2026-12-31")
    forms.clock.forward(timedelta(days=365))
    browser.sign_in(MANAGER)

    page = browser.get(f"{home}bouwstenen")

    assert "nieuwe matrix" in text_of(page)
    assert not elements(page, "//input[@checked]")
    assert browser.get(f"{home}aanbod/2024/post-en-papieren").status_code == 200
