"""What a form makes of its questions together: keys, conditions, audiences, errors and messages."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from provider_forms.web.forms import FieldError, error_title, make_form
from provider_forms.web.forms.messages import MESSAGES
from tests.builders import ContentFolder
from tests.provider_forms.web.forms.asking import ask, page, parts, posted, rendered, sent_by_browser
from tests.provider_forms.web.forms.conftest import scope_of
from wmo_guide.domain.kinds import Scope

AWKWARD = ("data", "errors", "process", "validate", "csrf", "csrf_token", "version", "meta", "raw", "fields", "form")
"""Names that WTForms, the app or the page use themselves."""


def test_a_question_may_have_any_key(scope: Scope) -> None:
    """Questions named as members of a form, or as hidden fields of the app, are asked and answered like any other."""
    questions = [ask("line", key) for key in AWKWARD]
    fields = posted(**{key: f"antwoord {key}" for key in AWKWARD})
    fields.add("csrf", "token")
    form = make_form(questions, scope, fields, {})
    assert form.public == {key: f"antwoord {key}" for key in AWKWARD}
    assert make_form(questions, scope, sent_by_browser(form), {}).public == form.public


def test_all_questions_of_the_sample_are_asked(sample: ContentFolder) -> None:
    """Each question of each block, of the organisation and of a location has a field, unless there is nothing to choose."""
    standards = sample.standards()
    for area, block in standards.editions["2024"].blocks():
        scope = scope_of(sample, block.slug)
        asked = standards.questions_for(area, block)
        left_out = {"levels"} if not block.axes else set()
        form = make_form(asked, scope, None, {})
        assert [one.question.key for one in form.fields] == [one.key for one in asked if one.key not in left_out]
    own = (*standards.organisation_questions,)
    assert len(make_form(own, Scope(standards.region), None, {}).fields) == len(own)


def test_errors_stand_in_the_order_of_the_page(scope: Scope) -> None:
    """Errors come in the order of the questions, each with the id of its input and the question's key."""
    questions = [ask("line", "one", required=True), ask("kvk", "two"), ask("choices", "three", required=True)]
    assert make_form(questions, scope, posted(two="12"), {}).errors == (
        FieldError("v-one", "one", "Vul een antwoord in bij “Vraag one?”."),
        FieldError("v-two", "two", "Vul bij “Vraag two?” acht cijfers in. Neem ook een 0 aan het begin mee."),
        FieldError("v-three", "three", "Kies minstens één antwoord bij “Vraag three?”."),
    )


@pytest.mark.parametrize(
    ("transport", "wanted"),
    [("some", {"transport": "some", "note": "Alleen op maandag."}), ("own", {"transport": "own"})],
)
def test_an_answer_counts_only_where_its_question_applies(scope: Scope, transport: str, wanted: dict[str, str]) -> None:
    """An answer whose condition doesn't hold is kept in the draft, and doesn't go to the guide."""
    options = [{"key": "some", "label": "Soms"}, {"key": "own", "label": "Nee"}]
    questions = [
        ask("choice", "transport", options=options),
        ask("line", "note", required=True, when={"answer.transport": "some"}),
    ]
    form = make_form(questions, scope, posted(transport=transport, note="Alleen op maandag."), {})
    assert form.errors == ()
    assert form.public == wanted
    assert form.raw["note"] == "Alleen op maandag."


def test_a_question_that_does_not_apply_is_not_required(scope: Scope) -> None:
    """A required question is required only when its condition holds, and a wrong answer to it is then no error."""
    questions = [ask("yes_no", "meal"), ask("number", "price", required=True, when={"answer.meal": "true"})]
    assert make_form(questions, scope, posted(meal="no"), {}).errors == ()
    assert make_form(questions, scope, posted(meal="no", price="veel"), {}).errors == ()
    (error,) = make_form(questions, scope, posted(meal="yes"), {}).errors
    assert error.key == "price"


def test_an_exceptional_level_asks_for_a_reason(scope: Scope) -> None:
    """The question for a motivation is required as soon as an exceptional level is chosen."""
    questions = [ask("levels", "levels"), ask("text", "why", required=True, when={"level.exceptional": "true"})]
    assert make_form(questions, scope, posted(levels__intensity="1"), {}).errors == ()
    (error,) = make_form(questions, scope, posted(levels__intensity=["1", "2"]), {}).errors
    assert error.key == "why"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ({"answer.meal": "no"}, "Vul dit alleen in als u bij “Vraag meal?” kiest: “Nee”."),
        ({"answer.meal": "true"}, "Vul dit alleen in als u bij “Vraag meal?” kiest: “Ja”."),
        ({"answer.colour": "blue"}, "Vul dit alleen in als u bij “Vraag colour?” kiest: “Blauw”."),
        ({"level.exceptional": "true"}, "Vul dit alleen in als u een bijzonder niveau kiest."),
    ],
)
def test_the_page_says_when_a_question_matters(scope: Scope, when: dict[str, str], told: str) -> None:
    """A question with a condition is always shown, with the condition in words that belong to its input."""
    questions = [ask("yes_no", "meal"), ask("choice", "colour"), ask("line", "it", required=True, when=when)]
    tree = page(make_form(questions, scope, None, {}))
    (one,) = parts(tree, "//*[@id='v-it']")
    assert one.get("aria-describedby") == "wanneer-v-it"
    assert one.get("aria-required") is None
    assert [each.text_content() for each in parts(tree, "//*[@id='wanneer-v-it']")] == [told]


def test_answers_for_staff_are_apart(scope: Scope) -> None:
    """Answers for staff alone are not among those for the guide."""
    form = make_form([ask("line"), ask("line", "contact", audience="staff")], scope, posted(it="a", contact="b"), {})
    assert (form.public, form.private) == ({"it": "a"}, {"contact": "b"})
    assert dict(form.parsed) == {"it": "a", "contact": "b"}


def test_what_was_posted_is_taken_whole(scope: Scope) -> None:
    """A posted form without an answer takes away the stored one; without a posted form the stored one stands."""
    assert make_form([ask("choices")], scope, MultiDict(), {"it": ["red"]}).raw == {}
    assert make_form([ask("choices")], scope, None, {"it": ["red"]}).raw == {"it": ["red"]}


def test_a_stored_page_tells_no_errors_until_it_is_posted(scope: Scope) -> None:
    """A page that is only opened knows what misses and doesn't show it, unless it is asked to."""
    question = ask("line", required=True)
    opened = make_form([question], scope, None, {})
    assert len(opened.errors) == 1
    assert 'role="alert"' not in rendered(opened)
    assert "aria-invalid" not in rendered(opened)
    assert 'role="alert"' in rendered(make_form([question], scope, None, {}, show_errors=True))


@pytest.mark.parametrize(
    ("kind", "stored", "raw"),
    [
        ("line", ["een", "twee"], "een\ntwee"),
        ("choices", "red", ["red"]),
        ("text", {"complexity": ["light"]}, "light"),
        ("levels", "zwaar", None),
        ("choices", 3, ["3"]),
    ],
)
def test_a_stored_answer_of_another_kind_can_still_be_opened(
    scope: Scope, kind: str, stored: object, raw: object
) -> None:
    """A draft opens also when a question got another kind since it was stored."""
    form = make_form([ask(kind)], scope, None, {"it": stored})
    assert form.raw.get("it") == raw
    assert rendered(form)


def test_a_question_may_have_its_own_messages(scope: Scope) -> None:
    """A sentence in YAML goes before the sentence of the table, reason by reason."""
    question = ask("kvk", required=True, messages={"missing": "Zoek het op bij de KvK."})
    (missing,) = make_form([question], scope, MultiDict(), {}).errors
    (invalid,) = make_form([question], scope, posted(it="1"), {}).errors
    assert missing.message == "Zoek het op bij de KvK."
    assert invalid.message.startswith("Vul bij")


def test_messages_say_what_to_do() -> None:
    """Every sentence in the table begins with what to do, ends with a full stop, and blames nobody."""
    for text in MESSAGES.values():
        assert text.split()[0] in ("Haal", "Vul", "Kies", "Kijk", "Maak", "Typ")
        assert text.endswith(".")
        assert not {"verplicht", "ongeldig", "fout", "foutief", "moet"} & set(text.lower().strip(".").split())


@pytest.mark.parametrize(
    ("count", "title"),
    [
        (0, "Uw aanbod"),
        (1, "Het formulier is niet verzonden, er is 1 foutmelding \u2013 Uw aanbod"),
        (2, "Het formulier is niet verzonden, er zijn 2 foutmeldingen \u2013 Uw aanbod"),
    ],
)
def test_the_title_tells_of_errors_first(count: int, title: str) -> None:
    """The title of a page with errors begins with their number."""
    assert error_title("Uw aanbod", [object()] * count) == title


def test_the_summary_stands_above_and_outside_the_form(scope: Scope) -> None:
    """The summary comes before the form, gets the focus, and has a link to each wrong field with its own message."""
    questions = [ask("line", required=True), ask("choices", "two", required=True), ask("kvk", "three")]
    tree = page(make_form(questions, scope, posted(three="1"), {}))
    (alert,) = parts(tree, "//main/*[1][@role='alert']")
    (heading,) = parts(alert, ".//h2")
    assert heading.text_content() == "Er zijn 3 foutmeldingen"
    assert {"autofocus", "tabindex"} <= set(heading.attrib)
    for link in parts(alert, ".//a"):
        target = link.attrib["href"].removeprefix("#")
        (told,) = parts(tree, f"//*[@id='fout-{target}']")
        assert told.text_content() == f"Fout: {link.text_content()}"


def test_a_wrong_field_says_so_to_a_screen_reader(scope: Scope) -> None:
    """A wrong input is marked invalid and described by its help and its error, in that order."""
    tree = page(make_form([ask("kvk", help="Acht cijfers.")], scope, posted(it="1"), {}))
    (one,) = parts(tree, "//*[@id='v-it']")
    assert (one.get("aria-invalid"), one.get("aria-describedby")) == ("true", "hulp-v-it fout-v-it")


@pytest.mark.parametrize(("kind", "role"), [("choice", "radiogroup"), ("choices", None)])
def test_a_group_with_an_error_is_described_by_it(scope: Scope, kind: str, role: str | None) -> None:
    """The fieldset of a wrong group refers to the error, and what is invalid is marked where that is allowed."""
    tree = page(make_form([ask(kind, required=True)], scope, MultiDict(), {}))
    (group,) = parts(tree, "//fieldset")
    assert (group.get("role"), group.get("aria-describedby")) == (role, "fout-v-it")
    marked = [group] if role else parts(group, ".//input")
    assert {one.get("aria-invalid") for one in marked} == {"true"}


def test_help_stands_between_label_and_field(scope: Scope) -> None:
    """The label comes first, then the help, then the input; optional questions say so in the label."""
    tree = page(make_form([ask("text", help="Korte zinnen.", max=80)], scope, None, {"it": "Hallo"}))
    (field,) = parts(tree, "//form/div")
    assert [one.tag for one in field] == ["label", "p", "p", "textarea"]
    assert field[0].text_content() == "Vraag it? (niet verplicht)"
    assert field[2].text_content() == "Er is plaats voor 80 tekens. Bij het laatste opslaan had u er 5."


def test_required_is_told_without_the_browser_checking_it(scope: Scope) -> None:
    """A required input has aria-required and no mark in its label; an optional one has neither."""
    questions = [ask("line", "one", required=True), ask("line", "two"), ask("yes_no", "three", required=True)]
    tree = page(make_form(questions, scope, None, {}))
    assert [one.get("aria-required") for one in parts(tree, "//input[@type='text']")] == ["true", None]
    assert [one.get("aria-required") for one in parts(tree, "//fieldset")] == ["true"]
    assert [one.text_content() for one in parts(tree, "//label[@for='v-one'] | //legend")] == [
        "Vraag one?",
        "Vraag three?",
    ]


def test_each_axis_has_its_own_group_with_the_levels_explained(scope: Scope) -> None:
    """Levels stand per axis, each with its plain sentence, and an exceptional level says that it is one."""
    tree = page(make_form([ask("levels")], scope, None, {}))
    assert [one.text_content() for one in parts(tree, "//fieldset//fieldset/legend")] == ["Complexiteit", "Intensiteit"]
    labels = [one.text_content() for one in parts(tree, "//fieldset//fieldset//label")]
    assert labels == ["Licht", "Zwaar", "Elke week", "Elke dag (bijzonder niveau)"]
    (heavy,) = parts(tree, "//input[@value='heavy']")
    assert parts(tree, f"//*[@id='{heavy.attrib['aria-describedby']}']")[0].text_content() == "Wij nemen het over."


def test_an_error_in_one_axis_leads_there(scope: Scope) -> None:
    """The link of an error about one axis leads to the first level of that axis."""
    form = make_form([ask("levels")], scope, posted(levels="", it__intensity="9"), {})
    (error,) = form.errors
    assert (error.target, error.path) == ("v-it--intensity", ("intensity", 0))
    assert parts(page(form), "//*[@id='v-it--intensity']")[0].attrib["value"] == "1"


def test_the_whole_region_takes_one_click(scope: Scope) -> None:
    """One box stands for all municipalities; when all are chosen it is gone, so that one can be taken out again."""
    question = ask("municipalities", required=True)
    assert "alle 2 gemeenten" in rendered(make_form([question], scope, None, {}))
    form = make_form([question], scope, posted(it=["*"]), {})
    assert form.raw == {"it": ["helmdorp", "zandhoek"]}
    assert form.public == {"it": ["helmdorp", "zandhoek"]}
    assert "De hele regio" not in rendered(form)
    assert make_form([question], scope, posted(it=["helmdorp"]), {}).public == {"it": ["helmdorp"]}


def test_a_choice_can_be_taken_back(scope: Scope) -> None:
    """An optional question with radio buttons has one for no answer; a required one hasn't."""
    form = make_form([ask("choice")], scope, posted(it=""), {})
    assert (form.raw, form.errors) == ({}, ())
    assert "Ik geef geen antwoord" in rendered(form)
    assert "Ik geef geen antwoord" not in rendered(make_form([ask("choice", required=True)], scope, None, {}))


def test_without_locations_the_page_says_what_to_do(sample: ContentFolder) -> None:
    """A question about locations says where to begin when the provider has none yet."""
    form = make_form([ask("locations")], Scope(sample.standards().region), None, {})
    assert "Vul die eerst in" in rendered(form)


def test_a_block_without_axes_is_not_asked_for_levels(sample: ContentFolder) -> None:
    """Questions about levels, arrangements and bands are left out where a block has none."""
    questions = [ask(kind, kind) for kind in ("levels", "arrangements", "bands")]
    assert make_form(questions, scope_of(sample, "uit-logeren"), None, {}).fields == ()
