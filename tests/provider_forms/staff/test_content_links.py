"""Links between texts of staff: dead ones are told at the text, and what others lead to is not taken away."""

from __future__ import annotations

import pytest

from tests.provider_forms.staff.editing import FAQ, HOME, INHOUD, NEWS, NEWS_FORM, WHY, Editor
from tests.provider_forms.visiting import text_of


def test_removal_needs_a_reason_and_no_references(mine: Editor) -> None:
    """What the guide still refers to can't go: the page tells where; what nothing refers to goes, with a reason."""
    page = mine.browser.get(f"{HOME}/voorzieningen/weghalen/papierhulp")
    assert "Situatie “Ik durf mijn post niet te openen” , bij “Voorzieningen" in text_of(page)
    assert "Bouwsteen “Post en papieren” van Matrix 2024" in text_of(page)
    assert "Hulpwijzer, het antwoord “Eén keer” op “Hoeveel hulp hebt u nodig?”. Vraag een beheerder" in text_of(page)
    assert ".yaml" not in text_of(page)
    assert f'href="{HOME}/situaties/wijzig/' in page.text
    assert mine.browser.post(f"{HOME}/voorzieningen/weghalen/papierhulp", WHY).status_code == 400

    mine.browser.get(f"{HOME}/vragen/weghalen/wanneer-betaald")
    assert mine.browser.post(f"{HOME}/vragen/weghalen/wanneer-betaald", {"a.desk-why": " "}).status_code == 400
    assert mine.jobs() == []
    assert mine.browser.post(f"{HOME}/vragen/weghalen/wanneer-betaald", WHY).status_code == 303
    assert "wanneer-betaald" not in mine.text(FAQ)


def test_removed_article(mine: Editor) -> None:
    """An article that goes is a file that goes, and it is gone from the list at once."""
    mine.browser.get(f"{HOME}/nieuws/weghalen/2025-nieuwe-gids")
    assert mine.browser.post(f"{HOME}/nieuws/weghalen/2025-nieuwe-gids", WHY).status_code == 303

    assert [(one["path"], one["text"]) for one in mine.jobs()[-1].changes] == [(NEWS, None)]
    assert "Hier staat nog niets" in text_of(mine.browser.get(f"{HOME}/nieuws/"))


@pytest.mark.parametrize(
    ("link", "is_dead"),
    [
        ("/duinrand/kosten/", False),
        ("/duinrand/kosten/#vast", False),
        ("/duinrand/kosten/#weg", True),
        ("/duinrand/weg/", True),
        ("/duinrand/factsheets/huis-zoeken/", False),  # a page with this name is on its way
        ("#kop", False),
        ("#geen-kop", True),
        ("https://duinrand.example.nl/weg", False),
        ("mailto:gids@duinrand.example.nl", False),
        ("/../../geheim", True),
        ("/duinrand/kosten", True),  # the press wants the slash
        ("../kosten/", True),
        ("kosten.md", True),
        ("/elders/nieuws/huis-zoeken/", True),
        ("/duinrand/nieuws/2025-nieuwe-gids/#kop", False),
        ("/duinrand/nieuws/2025-nieuwe-gids/#weg", True),
        ("http://[::1", True),
        ("/duinrand/kaart.png", True),
    ],
)
def test_dead_link_is_told_at_the_text(mine: Editor, link: str, *, is_dead: bool) -> None:
    """A link to a page or a place that the site doesn't have is told at the text, before the press finds it."""
    costs = mine.forms.var / "site" / "current" / "duinrand" / "kosten"
    costs.mkdir(parents=True)
    (costs / "index.html").write_text('<h2 id="vast">Vast bedrag</h2>', encoding="utf-8")

    answer = mine.edit(NEWS_FORM, {"a.desk-text": f"## Kop\n\nLees [meer]({link})."})

    assert answer.status_code == (400 if is_dead else 303), text_of(answer)
    assert ("leidt nergens heen" in answer.text.partition('id="fout-v-desk-text"')[2][:400]) == is_dead


def test_dead_picture_is_told_at_the_text(mine: Editor) -> None:
    """A picture that the site doesn't have is told at the text."""
    (mine.forms.var / "site" / "current").mkdir(parents=True)

    answer = mine.edit(NEWS_FORM, {"a.desk-text": "![Een kaart](/kaart.png)"})

    assert "leidt nergens heen: “/kaart.png”" in text_of(answer)


@pytest.mark.parametrize(
    ("link", "leads_there"),
    [
        ("/duinrand/over/", True),
        ("/duinrand/over/#wie", True),
        ("/duinrand/vragen/over/", False),
        ("/elders/over/", False),
    ],
)
def test_page_that_articles_lead_to_stays(mine: Editor, link: str, *, leads_there: bool) -> None:
    """An article that others link to can't go: the page names them, with the way to their forms."""
    mine.edit(NEWS_FORM, {"a.desk-text": f"Lees [meer]({link})."})

    page = mine.browser.get(f"{INHOUD}/gedeeld/paginas/weghalen/over")

    assert ("Dit kan nog niet weg" in text_of(page)) == leads_there
    assert (f'href="{HOME}/nieuws/wijzig/2025-nieuwe-gids"' in page.text) == leads_there


def test_page_that_a_shared_one_takes_over_goes(mine: Editor) -> None:
    """A region's own page may go when the shared page of that name comes in its place."""
    mine.edit(NEWS_FORM, {"a.desk-text": "Lees [meer](/duinrand/over/)."})
    new = mine.open("/paginas/nieuw")
    over = {"a.title": "Over ons", "a.description": "Wie wij zijn.", "a.desk-name": "over", "a.desk-text": "Wij."}
    saved = mine.save("/paginas/nieuw", new, {**over, "a.under": "desk-nothing"})
    assert saved.status_code == 303, text_of(saved)

    assert "Dit kan nog niet weg" not in text_of(mine.browser.get(f"{HOME}/paginas/weghalen/over"))
    assert "Dit kan nog niet weg" not in text_of(mine.browser.get(f"{INHOUD}/gedeeld/paginas/weghalen/over"))
