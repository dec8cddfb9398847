"""Content edited by staff without an editor's tools: forms, checks, previews."""

from __future__ import annotations

import difflib
import json
import re
from datetime import timedelta
from typing import Any

import pytest

from provider_forms.desk.content_kinds import KINDS, ContentKind
from provider_forms.desk.publishing import fingerprint
from provider_forms.desk.staff_models import PublishJob
from tests.builders import HOME as FOLDER
from tests.builders import REGION, ContentFolder
from tests.provider_forms.staff.desk_staff import REVIEWER
from tests.provider_forms.staff.editing import (
    FAQ,
    HOME,
    INHOUD,
    NEWS,
    NEWS_FORM,
    QUESTION,
    WHY,
    Editor,
    editor,
    fields_in,
)
from tests.provider_forms.visiting import Forms, make_forms, text_of, title_of
from wmo_guide.store.yaml_text import read_tree


def changed_lines(old: str, new: str) -> list[str]:
    """The lines that went and came."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def tree_of(text: str) -> Any:
    """What a YAML text says."""
    return read_tree(text)


def test_all_content_can_be_reached(mine: Editor) -> None:
    """From the page with all content each list opens, and from there each item's form, its removal and a new item."""
    page = mine.browser.get(f"{INHOUD}/")
    assert page.status_code == 200
    for kind in KINDS.values():
        listed = mine.browser.get(f"{HOME}/{kind.key}/")
        assert f"/{REGION}/{kind.key}/" in page.text
        assert listed.status_code == 200
        for path in {
            part.split('"')[0] for part in listed.text.split('href="')[1:] if part.startswith(f"{HOME}/{kind.key}/")
        }:
            assert mine.browser.get(path).status_code == 200, path
        assert mine.browser.get(f"{HOME}/{kind.key}/nieuw").status_code == 200
    assert mine.browser.get(f"{INHOUD}/gedeeld/woorden/").status_code == 200
    assert mine.browser.get(f"{INHOUD}/gedeeld/paginas/wijzig/over").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/onzin/",
        "/vragen/wijzig/bestaat-niet",
        "/vragen/weghalen/bestaat-niet",
        "/nieuws/volgorde",
        "/nieuws/wijzig/..%2F..%2Fregion",
    ],
)
def test_what_is_not_there(mine: Editor, path: str) -> None:
    """A kind, an item or an order that doesn't exist gives a page that says so."""
    assert mine.browser.get(f"{HOME}{path}").status_code == 404


def test_shared_kinds_alone_are_shared(mine: Editor) -> None:
    """News belongs to a region, so there is none for all regions together, nor for a region that doesn't exist."""
    assert mine.browser.get(f"{INHOUD}/gedeeld/nieuws/").status_code == 404
    assert mine.browser.get(f"{INHOUD}/nergens/nieuws/").status_code == 404


def test_answer_is_changed(mine: Editor, sample: ContentFolder) -> None:
    """A changed answer goes to the press as the same file with that answer and its day, and nothing else, changed."""
    answer = mine.edit(QUESTION, {"a.answer": "Bel uw gemeente of ga langs."})

    job = mine.jobs()[-1]
    assert answer.status_code == 303
    assert answer.location.startswith("/beheer/publicaties/")
    assert (job.what, job.region) == ("content", REGION)
    assert job.message == f"{job.title}\n\n{WHY['a.desk-why']}"
    assert REVIEWER not in json.dumps([job.message, job.author, job.committer, job.title])
    assert job.changes[0]["base"] == fingerprint(sample.text(FAQ))
    assert changed_lines(sample.text(FAQ), mine.text(FAQ)) == [
        "-updated: '2025-12-01'",
        "+updated: 2026-01-15",
        "-  - {key: hoe-vraag-ik-hulp, question: Hoe vraag ik hulp?, answer: Bel uw gemeente., audience: [resident], sources: [redactie]}",
        "+  - {key: hoe-vraag-ik-hulp, question: 'Hoe vraag ik hulp?', answer: Bel uw gemeente of ga langs., audience: [resident], sources: [redactie]}",
    ]
    assert sample.text(FAQ).startswith("updated: '2025-12-01'")


def test_reason_is_asked(mine: Editor) -> None:
    """Without a reason nothing goes to the press, and what was typed stays on the page."""
    answer = mine.edit(QUESTION, {"a.answer": "Anders.", "a.desk-why": ""})

    assert answer.status_code == 400
    assert "Het formulier is niet verzonden" in title_of(answer)
    assert fields_in(answer)["a.answer"] == ["Anders."]
    assert mine.jobs() == []


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("Gebeld met jan@devries.nl over dit antwoord.", "Hier staat een e-mailadres"),
        ("BSN 111222333 had een vraag.", "nummer dat een burgerservicenummer (BSN) kan zijn: 111••••••"),
    ],
)
def test_nothing_private_enters_the_history(mine: Editor, why: str, told: str) -> None:
    """A reason with a mail address or a citizen's number is refused at its field, for a change, a removal and an order."""
    reason = {"a.desk-why": why}
    answers = [mine.edit(QUESTION, {"a.answer": "Anders.", **reason})]
    mine.browser.get(f"{HOME}/vragen/weghalen/wanneer-betaald")
    answers.append(mine.browser.post(f"{HOME}/vragen/weghalen/wanneer-betaald", reason))
    order = ["wanneer-betaald", "hoe-vraag-ik-hulp"]
    answers.append(mine.browser.post(f"{HOME}/vragen/volgorde", {**reason, "a.volgorde": order}))

    for answer in answers:
        assert answer.status_code == 400
        assert told in text_of(answer)
        assert 'href="#v-desk-why"' in answer.text
    assert mine.jobs() == []


def test_factsheet_needs_a_source(mine: Editor) -> None:
    """The form of a factsheet asks for a source as something that must be given, that of news as something that may."""
    wrong = mine.edit("/factsheets/wijzig/huis-zoeken", {"a.sources": []})

    assert wrong.status_code == 400
    assert 'id="fout-v-sources"' in wrong.text
    assert "Bronnen (niet verplicht)" not in text_of(wrong)
    assert "Bronnen (niet verplicht)" in text_of(mine.browser.get(f"{HOME}{NEWS_FORM}"))


def test_amounts_are_listed_as_readers_write_them(
    tmp_path_factory: pytest.TempPathFactory, content: ContentFolder
) -> None:
    """Amounts stand in their list in euros and with a day in words; one that was broken by hand as it was typed."""
    content.put(f"{FOLDER}/region.yaml", ("rates", 1, "amount"), "veel")
    mine = editor(make_forms(tmp_path_factory.mktemp("var"), content.root))

    told = text_of(mine.browser.get(f"{HOME}/bijdrage/"))

    assert "17,50 euro vanaf 1 januari 2019" in told
    assert "veel vanaf 2020-01-01" in told


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_untouched_form_says_what_the_file_says(mine: Editor, kind: ContentKind) -> None:
    """Each item's form, sent as it was opened, changes nothing: it begins with all that the item says and refers to."""
    listed = mine.browser.get(f"{HOME}/{kind.key}/").text
    paths = sorted(set(re.findall(rf'href="{HOME}(/{kind.key}/wijzig/[^"]+)"', listed)))

    assert paths
    for path in paths:
        assert "U hebt nog niets veranderd." in mine.edit(path, {}).text, path
    assert mine.jobs() == []


def test_what_is_of_another_kind_may_have_the_same_name(
    tmp_path_factory: pytest.TempPathFactory, content: ContentFolder
) -> None:
    """A situation can lead to the factsheet that has the same name as itself; a word alone can't refer to itself."""
    content.put(f"{FOLDER}/situations.yaml", ("situations", 1, "slug"), "huis-zoeken")
    mine = editor(make_forms(tmp_path_factory.mktemp("var"), content.root))

    answer = mine.edit("/situaties/wijzig/huis-zoeken", {"a.factsheets": "huis-zoeken"})

    assert answer.status_code == 303, text_of(answer)
    assert tree_of(mine.text(f"{FOLDER}/situations.yaml"))["situations"][1]["factsheets"] == ["huis-zoeken"]
    word = mine.browser.get(f"{INHOUD}/gedeeld/woorden/wijzig/mantelzorger").text
    assert 'value="inwoner"' in word
    assert 'value="mantelzorger"' not in word


def test_nothing_changed(mine: Editor) -> None:
    """Saving without a change makes no work for the press."""
    assert "nog niets veranderd" in text_of(mine.edit(QUESTION, {}))
    assert mine.jobs() == []


@pytest.mark.parametrize(
    ("path", "changes", "field", "message"),
    [
        ("/contacten/wijzig/aanvragen--zandhoek", {"a.email": "geen adres"}, "email", "e-mailadres"),
        ("/contacten/wijzig/aanvragen--zandhoek", {"a.text": "Zie **hier**"}, "text", "opmaak"),
        ("/contacten/wijzig/aanvragen--zandhoek", {"a.municipality": "helmdorp"}, "subject", "is er al"),
        ("/bijdrage/wijzig/2020-01-01--month", {"a.start": "1-6-2019"}, "end", "dezelfde dagen"),
        ("/bijdrage/wijzig/2020-01-01--month", {"a.amount": "veel"}, "amount", "bijvoorbeeld 19,00"),
        ("/bijdrage/wijzig/2020-01-01--month", {"a.end": "1-1-2019"}, "end", "einddatum"),
        ("/situaties/wijzig/stapel-post", {"a.icon": "material/bestaat-niet"}, "icon", "pictogram"),
        ("/situaties/wijzig/stapel-post", {"a.everyday_words": "post\nbrief"}, "everyday_words", "minstens 5"),
        ("/woorden/nieuw", {"a.term": "Wmo"}, "plain", "Vul"),
        ("/factsheets/wijzig/huis-zoeken", {"a.sources": []}, "sources", "Bronnen"),
        ("/bronnen/wijzig/besluit", {"a.date": "1-1-2030"}, "date", "moet nog komen"),
        (
            "/vragen/nieuw",
            {"a.question": "Hoe vraag ik hulp?", "a.desk-name": "hoe-vraag-ik-hulp"},
            "desk-name",
            "is er al",
        ),
        ("/vragen/nieuw", {"a.question": "Hoe?", "a.desk-name": "!!!"}, "desk-name", "kan geen sleutel"),
    ],
)
def test_what_is_broken_is_told_at_its_field(
    mine: Editor, path: str, changes: dict[str, str | list[str]], field: str, message: str
) -> None:
    """Whatever would break the guide is told at the field where it can be mended, and nothing goes to the press."""
    rest = {"a.answer": "Zo.", "a.audience": "resident", "a.sources": "redactie"} if path == "/vragen/nieuw" else {}
    answer = mine.edit(path, {**rest, **changes})

    assert answer.status_code == 400
    error = answer.text.partition(f'id="fout-v-{field}"')[2].partition("</p>")[0]
    if path.startswith("/bijdrage") and field == "end" and "a.start" in changes:
        error = text_of(answer).partition("17,50 euro vanaf 1 januari 2019")[0]  # that amount has to end earlier
    assert message in error, text_of(answer)
    assert mine.jobs() == []


def test_new_item_comes_last(mine: Editor, sample: ContentFolder) -> None:
    """A new question is added behind the others, under a name made of its words, and the other lines stay."""
    new = {
        "a.question": "Mag ik kiezen?",
        "a.answer": "Ja.\r\n\r\nU kiest zelf.",
        "a.audience": ["resident"],
        "a.sources": ["redactie"],
    }
    answer = mine.edit("/vragen/nieuw", new)

    assert answer.status_code == 303, text_of(answer)
    tree = tree_of(mine.text(FAQ))
    assert tree["questions"][-1] == {
        "key": "mag-ik-kiezen",
        "question": "Mag ik kiezen?",
        "answer": "Ja.\n\nU kiest zelf.\n",
        "audience": ["resident"],
        "sources": ["redactie"],
    }
    assert [line for line in changed_lines(sample.text(FAQ), mine.text(FAQ)) if line.startswith("-")] == [
        "-updated: '2025-12-01'"
    ]


def test_amount_of_next_year(mine: Editor) -> None:
    """The contribution of next year is added with a comma in the amount; the old one first gets its last day."""
    first = mine.edit("/bijdrage/wijzig/2020-01-01--month", {"a.end": "31-12-2026"})
    second = mine.edit(
        "/bijdrage/nieuw",
        {"a.amount": "20,50", "a.per": "month", "a.start": "1 januari 2027", "a.sources": ["besluit"]},
    )

    assert (first.status_code, second.status_code) == (303, 303), text_of(second)
    tree = tree_of(mine.text(f"{FOLDER}/region.yaml"))
    assert tree["rates"][-1] == {"amount": "20.50", "per": "month", "start": "2027-01-01", "sources": ["besluit"]}
    assert tree["rates"][-2]["end"] == "2026-12-31"


def test_article_is_changed(mine: Editor, sample: ContentFolder) -> None:
    """A news item's text is changed in its Markdown file, whose other lines stay."""
    answer = mine.edit(NEWS_FORM, {"a.desk-text": "Vanaf nu is er een gids.\r\n\r\nVoor iedereen."})

    assert answer.status_code == 303, text_of(answer)
    assert mine.text(NEWS) == sample.text(NEWS).replace("is er een gids.", "is er een gids.\n\nVoor iedereen.")


def test_news_for_a_day_to_come(mine: Editor) -> None:
    """A new news item may be for a day to come; a change can wait for its day as well."""
    new = {
        "a.title": "Nieuw bedrag",
        "a.description": "Het bedrag verandert.",
        "a.updated": "1-2-2026",
        "a.desk-text": "Tekst.",
    }
    answer = mine.edit("/nieuws/nieuw", {**new, "a.sources": ["besluit"], "a.desk-day": "20-1-2026"})

    assert answer.status_code == 303, text_of(answer)
    assert str(mine.jobs()[-1].publish_on) == "2026-01-20"
    assert mine.text(f"{FOLDER}/news/nieuw-bedrag.md") == (
        "---\ntitle: Nieuw bedrag\ndescription: Het bedrag verandert.\nupdated: 2026-02-01\nsources:\n  - besluit\n---\n\nTekst.\n"
    )


def test_waiting_change_is_told(mine: Editor) -> None:
    """Who opens an article for which a change waits for a later day is told so, and sees what the guide says now."""
    mine.edit(NEWS_FORM, {"a.title": "Straks", "a.desk-day": "1-2-2026"})

    page = mine.browser.get(f"{HOME}{NEWS_FORM}")
    assert "al een wijziging klaar" in text_of(page)
    assert fields_in(page)["a.title"] == ["De gids is er"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not kind.is_article], ids=lambda one: one.key)
def test_every_form_asks_for_a_day(mine: Editor, kind: ContentKind) -> None:
    """A change of a list can wait for its day too, as that of an article can."""
    assert "a.desk-day" in mine.open(f"/{kind.key}/nieuw")


def test_item_of_a_list_waits_for_its_day(mine: Editor) -> None:
    """A planned change of one question is told at that question, not at another one of the same file."""
    assert mine.edit(QUESTION, {"a.answer": "Straks.", "a.desk-day": "1-2-2026"}).status_code == 303
    number = mine.jobs()[-1].id

    assert str(mine.jobs()[-1].publish_on) == "2026-02-01"
    page = mine.browser.get(f"{HOME}{QUESTION}")
    assert "al een wijziging klaar voor 1 februari 2026" in text_of(page)
    assert f'href="/beheer/publicaties/{number}/"' in page.text
    assert "Straks." in text_of(mine.browser.get(f"/beheer/publicaties/{number}/"))
    assert "al een wijziging klaar" not in text_of(mine.browser.get(f"{HOME}/vragen/wijzig/wanneer-betaald"))


def test_preview_is_what_the_guide_shows(mine: Editor) -> None:
    """The preview shows Markdown as the guide does, keeps what was typed, stores nothing, and raw HTML in it is inert."""
    typed = "## Kop\r\n\r\n*Schuin* <script>alert(1)</script> [link](javascript:alert(1))"
    page = mine.edit(NEWS_FORM, {"a.desk-text": typed}, doe="voorbeeld")

    main = page.text.partition("wf-preview")[2].partition("<form")[0]
    assert page.status_code == 200
    assert "<em>Schuin</em>" in main
    assert "<h2" in main
    assert "<script" not in main
    assert "javascript:" not in main
    assert fields_in(page)["a.desk-text"][0].replace("\n", "\r\n") == typed
    assert mine.jobs() == []


def test_preview_for_the_script(mine: Editor) -> None:
    """The script gets a piece of HTML for a piece of Markdown, for staff only and from a page of ours only."""
    mine.open(NEWS_FORM)

    assert mine.browser.post(f"{INHOUD}/voorbeeld", {"tekst": "*Ja*"}).text == "<p><em>Ja</em></p>"
    assert "<em>" not in mine.browser.client.post(f"{INHOUD}/voorbeeld", data={"tekst": "*Ja*"}).text
    assert mine.forms.browser().post(f"{INHOUD}/voorbeeld", {"tekst": "*Ja*"}).status_code == 303


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (("[" * 1999 + "\n") * 4, "Regel 1: Hier staan meer dan 20 haken open"),
        ("Een.\n\n" + "x" * 2001, "Regel 3: Deze regel is langer dan 2000 tekens"),
        ("1. " * 400 + "a", "Regel 1: Hier staan meer dan 20 lijsten of citaten in elkaar"),
    ],
    ids=["brackets", "long line", "lists"],
)
def test_markdown_that_would_hold_the_server_is_told(mine: Editor, text: str, told: str) -> None:
    """A text that takes the converter minutes, or is too deep for it, isn't converted: previews and the form tell why."""
    mine.browser.get(INHOUD + "/")
    for_script = mine.browser.post(f"{INHOUD}/voorbeeld", {"tekst": text})
    shown = mine.edit(NEWS_FORM, {"a.desk-text": text}, doe="voorbeeld")
    saved = mine.edit(NEWS_FORM, {"a.desk-text": text})

    assert told in " ".join(re.sub("<[^>]+>", "", for_script.text).split())
    assert told in text_of(shown)
    assert saved.status_code == 400
    assert told.partition(": ")[2] in text_of(saved)
    assert mine.jobs() == []


def test_order(mine: Editor) -> None:
    """Items move one place at a time without a script, and the new order goes to the press with a reason."""
    path = "/situaties/volgorde"
    page = mine.edit(path, {}, doe="omhoog:zorgen-voor-een-ander")
    assert fields_in(page)["a.volgorde"] == ["zorgen-voor-een-ander", "stapel-post"]
    assert "staat nu op plaats 1" in text_of(page)
    assert mine.jobs() == []

    assert mine.edit(path, {}).status_code == 200  # the order as it is
    assert mine.jobs() == []
    assert mine.save(path, fields_in(page)).status_code == 303
    text = mine.text(f"{FOLDER}/situations.yaml")
    assert text.index("zorgen-voor-een-ander") < text.index("stapel-post")


def test_typing_outlives_the_session(forms: Forms, mine: Editor) -> None:
    """What is sent after the session ended comes back after signing in, and isn't published by itself."""
    opened = mine.open(QUESTION)
    forms.clock.forward(timedelta(hours=13))

    away = mine.save(QUESTION, opened, {"a.answer": "Lang getypt."})
    assert away.status_code == 303
    back = editor(forms)
    page = back.browser.get(f"{HOME}{QUESTION}")

    assert fields_in(page)["a.answer"] == ["Lang getypt."]
    assert "nog niet in de gids" in text_of(page)
    assert back.save(QUESTION, fields_in(page)).status_code == 303
    assert "Lang getypt." in back.text(FAQ)
    assert back.open("/vragen/wijzig/wanneer-betaald")["a.answer"] == ["Elke maand."]


def test_script_keeps_typing(mine: Editor) -> None:
    """What the script sends in between is kept for its writer alone, and can be thrown away."""
    opened = mine.open(QUESTION)
    kept = mine.browser.post(f"{HOME}{QUESTION}", {**opened, "a.answer": "Halverwege"}, headers={"X-Autosave": "1"})
    page = mine.browser.get(f"{HOME}{QUESTION}")

    assert kept.get_json()["version"] == opened["version"][0]
    assert fields_in(page)["a.answer"] == ["Halverwege"]
    assert mine.save(QUESTION, fields_in(page), doe="weggooien").status_code == 303
    assert mine.open(QUESTION)["a.answer"] == ["Bel uw gemeente."]
    assert mine.jobs() == []


def test_shared_words(mine: Editor) -> None:
    """The word list of all regions is edited like that of a region."""
    path = f"{INHOUD}/gedeeld/woorden/nieuw"
    fields = fields_in(mine.browser.get(path))
    answer = mine.browser.post(
        path, {**fields, **WHY, "a.term": "Cliëntraad", "a.plain": "Mensen die meepraten.", "doe": "opslaan"}
    )

    job: PublishJob = mine.jobs()[-1]
    assert answer.status_code == 303, text_of(answer)
    assert job.region == ""
    assert job.changes[0]["path"] == "shared/terms.yaml"
    assert "  - slug: clientraad\n    term: Cliëntraad\n" in job.changes[0]["text"]


def test_hostile_form(mine: Editor) -> None:
    """A form without its hidden fields, or with nonsense in them, never becomes an overwrite."""
    for version in ("", "{", "[]", '{"answer": {"a": 1}}', "x" * 5000):
        answer = mine.edit(QUESTION, {"a.answer": "Anders.", "version": version})
        assert answer.status_code == 409
    assert mine.jobs() == []


def test_all_that_is_wrong_is_told_at_once(mine: Editor) -> None:
    """What the form, and what the model has against the answers is told in one go, each at its field."""
    answer = mine.edit("/bijdrage/nieuw", {"a.amount": "veel", "a.start": "", "a.sources": []})

    assert answer.status_code == 400
    for field in ("amount", "per", "start", "sources"):
        assert f'id="fout-v-{field}"' in answer.text
    assert "Er zijn 4 foutmeldingen" in text_of(answer)
