"""The search page as residents use it: its address, what it remembers, the way back, and what it says."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.online import Online
from tests.browser.searching import Searching

MEMORY = "wg-gemeente/alkmaar/"


def _submit(search: Searching, question: str) -> None:
    search.forget_status()
    search.page.locator("#zoekveld").fill(question)
    search.page.locator("#zoekveld").press("Enter")


def _tick(search: Searching, name: str) -> None:
    search.forget_status()
    search.page.locator(".wg-filters label", has_text=re.compile(rf"^\s*{re.escape(name)}")).click()


def _remembered(search: Searching) -> str | None:
    kept: str | None = search.page.evaluate("(key) => localStorage.getItem(key)", MEMORY)
    return kept


def _query(search: Searching) -> str:
    return search.asked.partition("?")[2]


def test_empty_page_offers_the_other_ways(search: Searching) -> None:
    """Before a question there are no results, no message and no button for more of them, but other ways to search."""
    search.page.goto(search.address)
    search.page.wait_for_load_state("networkidle")

    expect(search.page.locator("#zoekstatus")).to_have_text("")
    expect(search.page.locator("#zoekresultaten > li")).to_have_count(0)
    expect(search.page.get_by_role("button", name="Toon meer aanbieders")).to_be_hidden()
    expect(search.page.locator("main").get_by_role("link", name="A tot Z")).to_be_visible()
    expect(search.page.locator("#zoekniets")).to_be_hidden()


@pytest.mark.parametrize("question", ["?!... ---", "'\"<>&%_\\", "💜"])
def test_question_without_words_is_no_dead_end(question: str, search: Searching) -> None:
    """A question of signs alone finds nothing, says so, and leads on."""
    assert search.open(q=question).status.startswith("Niets gevonden voor")
    expect(search.page.locator("#zoekniets")).to_be_visible()


@pytest.mark.parametrize("question", ["", "   ", "\u202e\u2067"])
def test_no_question_is_asked(question: str, search: Searching) -> None:
    """Blanks alone are no question: the page stays as it was before one."""
    search.open(q="dementie")
    search.page.locator("#zoekveld").fill(question)
    search.page.locator("#zoekveld").press("Enter")

    expect(search.page.locator("#zoekstatus")).to_have_text("")
    expect(search.page.locator("#zoekresultaten > li")).to_have_count(0)
    assert _query(search) == ""


def test_question_of_words_that_tell_nothing_is_answered(search: Searching) -> None:
    """A question of nothing but small words gets an answer, whatever it is."""
    seen = search.open(q="ik de het een van")

    assert seen.results or seen.status.startswith("Niets gevonden")


def test_endless_question_is_cut_off(search: Searching) -> None:
    """Of ten thousand letters in the address the first two hundred are asked; the page stays as wide as the screen."""
    seen = search.open(q="poetsen" + "x" * 10_000)

    assert len(seen.status) < 400
    assert len(search.page.url) < 400
    assert search.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_turned_text_doesnt_turn_the_page(search: Searching) -> None:
    """Signs that turn the direction of a text are taken out of a question before it is shown."""
    assert "“dementie”" in search.open(q="\u202edementie\u2067").status


def test_words_of_a_programming_language_are_words(search: Searching) -> None:
    """Names of what every object of the script has are looked for as any other word."""
    seen = search.open(q="constructor __proto__ hasOwnProperty toString valueOf")

    assert seen.status.startswith("Niets gevonden") or seen.results


def test_reloading_gives_the_same(search: Searching) -> None:
    """The address tells all: question, filters and how many providers are shown; opened afresh it gives the same."""
    before = search.open(q="begeleiding", gemeente=["heiloo", "alkmaar"], how="group", waiting_weeks="8", meer="1")
    address = search.page.url
    search.page.reload()
    assert search.answered() == before

    other = search.page.context.browser
    assert other
    page = other.new_page()
    page.goto(address)
    assert Searching(page, search.address, []).answered() == before
    page.context.close()
    assert search.page.url == address


def test_back_and_forward_go_through_questions_and_filters(search: Searching) -> None:
    """Each question and each filter is a step back; results, field and boxes follow the address."""
    dementia = search.open(q="dementie")
    _submit(search, "begeleiding")
    support = search.answered()
    search.unfold("Kies uw gemeente")
    _tick(search, "Heiloo")
    heiloo = search.answered()
    assert len({dementia.results, support.results, heiloo.results}) == 3

    box = search.page.get_by_role("checkbox", name="Heiloo")
    for step, results, question, ticked in (
        ("back", support.results, "begeleiding", False),
        ("back", dementia.results, "dementie", False),
        ("forward", support.results, "begeleiding", False),
        ("forward", heiloo.results, "begeleiding", True),
    ):
        search.forget_status()
        search.page.evaluate(f"history.{step}()")
        assert search.answered().results == results
        expect(search.page.locator("#zoekveld")).to_have_value(question)
        expect(box).to_be_checked(checked=ticked)


def test_coming_back_from_a_result_gives_the_same(search: Searching) -> None:
    """Who opens a result and goes back finds the same results, filters and providers; Back once more leaves as before."""
    search.open(q="dagbesteding", gemeente="heiloo", meer="1")
    search.page.goto(search.address + "?q=wandelen")
    search.answered()
    _submit(search, "dagbesteding")
    before = search.answered()
    search.page.locator("#zoekresultaten h2 a").last.click()
    search.page.wait_for_url("**/aanbieders/**")
    search.page.go_back()

    assert search.answered() == before
    search.page.go_back()
    assert "wandelen" in search.answered().status


def test_asking_the_same_twice_is_one_step(search: Searching) -> None:
    """A double press on the button gives one answer and one step back."""
    search.open(q="dementie")
    length = search.page.evaluate("history.length")
    search.page.locator("#zoekveld").fill("rolstoel")
    search.page.locator("#zoekformulier").get_by_role("button", name="Zoeken").dblclick()
    seen = search.answered()

    assert "rolstoel" in seen.status
    assert len(set(seen.results)) == len(seen.results)
    assert search.page.evaluate("history.length") == length + 1


def test_questions_at_once_are_a_step_each(search: Searching) -> None:
    """Of two questions in the same moment each has its own address, though the first has no time to be answered."""
    search.open(q="dementie")
    length = search.page.evaluate("history.length")
    search.page.evaluate("""() => {
        for (const ask of ["rolstoel", "schulden in Heiloo"]) {
            document.getElementById("zoekveld").value = ask;
            document.getElementById("zoekformulier").requestSubmit();
        }
    }""")
    search.page.wait_for_url("**?q=schulden+in+Heiloo&gemeente=heiloo")

    assert "in Heiloo" in search.answered().status
    assert search.page.evaluate("history.length") == length + 2
    for question in ("rolstoel", "dementie"):
        search.forget_status()
        search.page.evaluate("history.back()")
        assert question in search.answered().status
        assert search.page.url.endswith(f"?q={question}")


def test_choice_taken_back_at_once_is_out_of_the_address(search: Searching) -> None:
    """Who takes a filter back in the same moment stands at the address of the question without it."""
    search.open(q="dementie")
    search.page.evaluate("""() => {
        const box = document.querySelector("input[type=checkbox]:not([name=gemeente])");
        for (const chosen of [true, false]) {
            box.checked = chosen;
            box.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }""")
    search.page.wait_for_timeout(200)

    assert search.page.url.endswith("/zoeken/?q=dementie")


def test_typing_is_not_lost_when_filters_are_opened(search: Searching) -> None:
    """What was typed and not yet asked stays in the field when the reader opens the filters, and is asked with the filter."""
    search.open(q="dementie")
    search.page.locator("#zoekveld").fill("rolstoel")
    search.unfold("Kies uw gemeente")
    search.answered()
    expect(search.page.locator("#zoekveld")).to_have_value("rolstoel")
    _tick(search, "Heiloo")

    assert "“rolstoel” in Heiloo" in search.answered().status


def test_chosen_municipality_is_remembered_and_forgotten(search: Searching) -> None:
    """The chosen municipality is filled in at the next visit and put into the address, until the reader has it forgotten."""
    search.open(q="dementie")
    expect(search.page.get_by_role("button", name="Vergeet mijn gemeente")).to_be_hidden()
    search.unfold("Kies uw gemeente")
    _tick(search, "Heiloo")
    assert "gemeente=heiloo" in _query(search)
    assert _remembered(search) == "heiloo"

    search.page.goto(search.address.replace("zoeken/", "kosten/"))
    search.page.locator("#wg-zoek").fill("rolstoel")
    search.page.locator("#wg-zoek").press("Enter")
    assert "in Heiloo" in search.answered().status
    assert _query(search) == "q=rolstoel&gemeente=heiloo"
    expect(search.page.locator("#zoekgemeente")).to_contain_text("Heiloo")

    search.forget_status()
    search.page.get_by_role("button", name="Vergeet mijn gemeente").click()
    assert "Heiloo" not in search.answered().status
    assert _remembered(search) is None
    expect(search.page.locator("#zoekgemeente")).to_be_hidden()
    search.page.goto(search.address + "?q=rolstoel")
    assert "Heiloo" not in search.answered().status


def test_memory_survives_a_visit_without_a_question(search: Searching) -> None:
    """On the empty page the remembered municipality is ticked already, so that the next question is about it."""
    search.open(q="dementie", gemeente="bergen")
    search.page.evaluate("(key) => localStorage.setItem(key, 'heiloo')", MEMORY)
    search.page.goto(search.address)
    expect(search.page.locator(".wg-filters > summary").first).to_have_text("Kies uw gemeente (Heiloo)")
    _submit(search, "dementie")

    assert "in Heiloo" in search.answered().status
    assert _remembered(search) == "heiloo"


def test_going_back_to_before_the_choice_keeps_it_so(search: Searching) -> None:
    """A step of before the municipality was chosen stays without it, also when the page is reloaded there."""
    before = search.open(q="dementie")
    search.unfold("Kies uw gemeente")
    _tick(search, "Heiloo")
    search.answered()
    search.forget_status()
    search.page.go_back()
    assert search.answered().results == before.results
    search.page.reload()

    assert search.answered().results == before.results
    assert _query(search) == "q=dementie"


@pytest.mark.parametrize("kept", ["atlantis", "", "<b>", "heiloo'] *"])
def test_strange_memory_does_nothing(kept: str, search: Searching) -> None:
    """A municipality that doesn't exist any more is not filled in."""
    plain = search.open(q="dementie")
    search.page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [MEMORY, kept])
    search.page.goto(search.address + "?q=dementie")

    assert search.answered() == plain
    expect(search.page.locator("#zoekgemeente")).to_be_hidden()


def test_search_works_where_nothing_can_be_kept(search: Searching) -> None:
    """In a browser that allows no storage everything works but the memory."""
    search.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    search.open(q="dementie")
    search.unfold("Kies uw gemeente")
    _tick(search, "Heiloo")

    assert "in Heiloo" in search.answered().status


def test_named_municipality_is_chosen_and_can_be_unticked(search: Searching) -> None:
    """A municipality in the question goes before the remembered one; unticked it stays so, also in a copy of the address."""
    search.open(q="x")
    search.page.evaluate("(key) => localStorage.setItem(key, 'alkmaar')", MEMORY)
    search.page.goto(search.address + "?q=dementie+in+heiloo")
    assert "in Heiloo" in search.answered().status.split("”")[1]
    assert "gemeente=heiloo" in _query(search)

    search.unfold("Kies uw gemeente")
    _tick(search, "Heiloo")
    seen = search.answered()
    assert seen.status.split("”")[1].startswith((" (", "."))
    address = search.asked
    search.page.goto("about:blank")
    search.page.goto(address)
    assert search.answered().results == seen.results


def test_several_municipalities_give_all_of_them(search: Searching) -> None:
    """With two municipalities there is what either has, help leads to its general page, and nothing is remembered."""
    one = search.open(q="dagbesteding", gemeente="heiloo")
    two = search.open(q="dagbesteding", gemeente=["heiloo", "uitgeest"])

    assert "in Heiloo of Uitgeest" in two.status
    assert any("/gemeenten/heiloo/" in link for link in one.results)
    assert not any("/gemeenten/" in link for link in two.results)
    assert _remembered(search) is None


def test_every_result_leads_somewhere(search: Searching) -> None:
    """Each result leads to a page that is there, and to a place on it that is there."""
    seen = {*search.open(q="dagbesteding", meer="9").results, *search.open(q="begeleiding", gemeente="heiloo").results}
    seen |= set(search.open(soort=["vraag", "woord"], gemeente="heiloo").results)
    assert len(seen) > 60
    for link in seen:
        path, _, place = link.partition("#")
        answer = search.page.request.get(search.page.evaluate("location.origin") + path)
        assert answer.status == 200, link
        assert not place or f'id="{place}"' in answer.text(), link


def test_more_providers_come_with_the_focus_on_the_first_of_them(search: Searching) -> None:
    """The button brings the next providers below the others, goes on in the address, and leaves the focus on the first new one."""
    before = search.open(q="dagbesteding").results
    search.forget_status()
    more = search.page.get_by_role("button", name="Toon meer aanbieders")
    more.focus()
    search.page.keyboard.press("Enter")
    after = search.answered().results

    assert after[: len(before)] == before
    assert len(after) > len(before)
    expect(search.page.locator("#zoekresultaten a").nth(len(before))).to_be_focused()
    assert _query(search) == "q=dagbesteding&meer=1"
    expect(more).to_be_hidden()


def test_misspelt_word_is_told_and_searched(search: Searching) -> None:
    """A misspelt word is searched as it was meant; the page says so, and the link asks just that."""
    seen = search.open(q="dagbestding", gemeente="heiloo")
    told = search.page.locator("#zoekbedoeld")
    expect(told).to_have_text("Bedoelde u dagbesteding? Dat hebben wij voor u gezocht.")
    expect(told).to_have_attribute("role", "status")
    assert seen.results

    search.forget_status()
    told.get_by_role("link").click()
    assert "“dagbesteding” in Heiloo" in search.answered().status
    expect(told).to_be_hidden()


@pytest.mark.parametrize(
    "question",
    [
        *("zelfmoord", "hij slaat mij", "ik wil dood", "ZELFMOORD!", "zelfmoort", "112"),
        *("ik word mishandeld", "ik wil niet meer leven", "er een eind aan maken"),
    ],
)
def test_danger_is_answered_first(question: str, search: Searching) -> None:
    """Words of danger bring the numbers above the results, as an alert."""
    search.open(q=question)
    alert = search.page.get_by_role("alert")

    expect(alert.get_by_role("link", name="113", exact=True)).to_be_visible()
    box, first = alert.bounding_box(), search.page.locator("#zoekstatus").bounding_box()
    assert box
    assert first
    assert box["y"] < first["y"]
    search.ask({"q": "dementie"})
    expect(alert).to_be_hidden()


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("sdofzuiger", "stofzuiger"), ("inzuline", "insuline"), ("eetgled", "eetgeld"), ("hndwerkcafe", "handwerkcafe")],
)
def test_slip_in_the_first_letters_is_understood(asked: str, meant: str, search: Searching) -> None:
    """A word whose slip stands where its file gets its name finds what the word itself does, on a page that is opened afresh."""
    right = search.open(q=meant).results
    seen = search.open(q=asked)

    assert seen.results[:1] == right[:1] != ()


def test_elsewhere_in_a_sentence_does_not_silence_it(search: Searching) -> None:
    """A word for what people look for elsewhere finds nothing, but in a sentence about something rare that is answered."""
    assert search.open(q="rijbewijs verlengen").results == ()
    assert "slecht-zien" in search.open(q="rijbewijs kwijt door ogen").results[0]


def test_verb_in_two_is_one_word(search: Searching) -> None:
    """A verb that Dutch takes apart, "schoon te maken", finds what the whole one does."""
    assert "/alkmaar/vragen/#hulp-in-het-huishouden" in search.open(q="te moe om schoon te maken").results[:3]
    assert search.open(q="om op te ruimen").results[:2] == search.open(q="opruimen").results[:2]


def test_word_is_no_slip_of_its_own_end(search: Searching) -> None:
    """What a word holds from its second or third letter on is another word: "afval" is no "val"."""
    assert search.open(q="afval").results == ()


def test_compound_is_about_its_rare_part(search: Searching) -> None:
    """A compound that the guide hasn't leads by the part that tells most: "thuiszorghulp" to home care, not to any help."""
    assert "/alkmaar/woordenlijst/#thuiszorg" in search.open(q="thuiszorghulp").results[:3]


def test_rare_word_for_the_same_makes_a_word_no_rarer(search: Searching) -> None:
    """How much a word tells is its own: "ouderen", which much is for, tells less than "taxi"."""
    assert "/alkmaar/voorzieningen/#regiotaxi" in search.open(q="taxi voor ouderen").results[:2]


def test_words_of_a_phrase_apart_are_no_danger(search: Searching) -> None:
    """A phrase of danger counts where its words stand side by side."""
    search.open(q="ik wil niet meer alleen leven")

    expect(search.page.get_by_role("alert")).to_be_hidden()


def test_nothing_found_leads_on(search: Searching) -> None:
    """Who finds nothing gets situations, the A-Z, and whom to call: the chosen municipality first."""
    search.open(q="xqzwk", gemeente="uitgeest")
    main = search.page.locator("main")

    expect(search.page.locator("#zoekniets").get_by_role("heading", name="Herkent u dit?")).to_be_visible()
    expect(main.get_by_role("link", name="A tot Z")).to_be_visible()
    first = search.page.locator("#zoekniets .wg-map-list a").first
    expect(first).to_have_text("Uitgeest")
    first.click()
    expect(search.page).to_have_url(re.compile(r"/gemeenten/uitgeest/#contact$"))


def test_filters_can_be_taken_away_at_once(search: Searching) -> None:
    """One button takes all filters away; the focus stays near."""
    search.open(q="xqzwk", gemeente="heiloo", soort="nieuws")
    assert "haal een filter weg" in search.page.locator("#zoekstatus").inner_text()
    search.forget_status()
    search.page.get_by_role("button", name="Haal alle filters weg").click()

    assert search.answered().status == "Niets gevonden voor “xqzwk”. Probeer een ander woord, of kies hieronder."
    assert _query(search) == "q=xqzwk&gemeente="
    expect(search.page.locator(".wg-filters > summary").first).to_be_focused()
    expect(search.page.get_by_role("button", name="Haal alle filters weg")).to_be_hidden()


def test_open_filters_don_t_bury_the_results(search: Searching) -> None:
    """With filters open on a phone a button stays in sight that folds them and leads to the first result."""
    search.open(q="dagbesteding")
    show = search.page.get_by_role("button", name="Toon de resultaten")
    expect(show).to_be_hidden()
    search.unfold("Meer filters")
    for name in ("Voor wie", "Talen"):
        search.unfold(name)
    expect(show).to_be_in_viewport()
    show.click()

    expect(search.page.locator("#zoekresultaten a").first).to_be_focused()
    expect(search.page.locator("#zoekstatus")).to_be_in_viewport()
    expect(search.page.locator("#zoekresultaten a").first).to_be_in_viewport()
    expect(show).to_be_hidden()


def test_status_is_told_once(search: Searching) -> None:
    """An answer that comes quickly is told once, to who hears the page."""
    search.page.clock.install()
    search.page.clock.pause_at(2_000_000_000)
    search.page.goto(search.address)
    search.page.evaluate(
        """window.told = [];
        new MutationObserver(() => told.push(document.getElementById("zoekstatus").textContent))
          .observe(document.getElementById("zoekstatus"), { childList: true, characterData: true, subtree: true });"""
    )
    search.page.locator("#zoekveld").fill("dementie")
    search.page.locator("#zoekveld").press("Enter")
    seen = search.answered()
    search.page.clock.run_for(5_000)

    assert search.page.evaluate("told") == [seen.status]


def test_hostile_providers_are_shown_as_text(crowded_search: Searching) -> None:
    """Names and summaries with markup, endless words, other scripts and pictograms are text that fits on a small screen."""
    crowded_search.page.set_viewport_size({"width": 320, "height": 700})
    seen = crowded_search.open(q="zorgwaard", gemeente=[], meer="3")
    assert len(seen.results) >= 5

    text = crowded_search.page.locator("#zoekresultaten").inner_text()
    for part in (
        "<img src=x onerror=alert(1)>",
        "<script>alert(2)</script>",
        "مركز الرعاية",
        "👩🏽‍🦽💜🧹",
        "__proto__",
    ):
        assert part in text
    assert (
        crowded_search.page.locator("#zoekresultaten").evaluate("(list) => list.querySelector('img, script, b')")
        is None
    )
    assert crowded_search.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    "question",
    ["مركز", "👩🏽‍🦽", "script", "__proto__", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter"],
)
def test_hostile_names_are_found_or_not_without_harm(question: str, crowded_search: Searching) -> None:
    """Asking for such names is as harmless."""
    seen = crowded_search.open(q=question)

    assert question in seen.status


def test_search_field_of_every_page_leads_there_without_javascript(old_phone: Page, guide: Online) -> None:
    """Without JavaScript the field on every page leads to the page that says so at once and offers the other ways."""
    old_phone.goto(f"{guide.base}/alkmaar/kosten/")
    old_phone.locator("#wg-zoek").fill("dementie")
    old_phone.locator("#wg-zoek").press("Enter")
    old_phone.wait_for_url("**/alkmaar/zoeken/?q=dementie")
    main = old_phone.locator("main")

    expect(main.get_by_text("Zoeken werkt alleen met JavaScript")).to_be_visible()
    for name in ("A tot Z", "Herkent u dit?", "Uw gemeente"):
        expect(main.get_by_role("link", name=name)).to_be_visible()
    expect(old_phone.locator("#zoekniets").get_by_role("link", name="Heiloo")).to_be_visible()
    for gone in (
        "Kies uw gemeente",
        "Meer filters",
        "Toon meer aanbieders",
        "Toon de resultaten",
        "Haal alle filters weg",
    ):
        expect(main.get_by_text(gone, exact=True)).to_be_hidden()


def test_page_fits_when_enlarged(search: Searching) -> None:
    """At four times the size (320 px wide) nothing stands beside the screen, with all filters open."""
    search.page.set_viewport_size({"width": 320, "height": 256})
    search.open(q="dagbesteding " + "x" * 150)
    search.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    assert search.page.evaluate("document.documentElement.scrollWidth") <= 320
