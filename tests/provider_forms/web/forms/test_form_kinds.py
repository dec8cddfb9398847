"""Every kind of question can be asked in a form, and comes back as it went in."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from provider_forms.web.forms import make_form
from provider_forms.web.forms.kinds import FIELD_KINDS
from tests.builders import ContentFolder
from tests.provider_forms.web.forms.asking import ask, page, parts, posted, sent_by_browser
from tests.provider_forms.web.forms.conftest import scope_of
from wmo_guide.domain.kinds import KINDS, Scope
from wmo_guide.domain.kinds.base import Dumped

ANSWERS: dict[str, Dumped] = {
    "line": "Wij helpen u & uw buurman",
    "lines": ["maandag, ochtend", "dinsdag, middag"],
    "text": "Eerst dit.\n\nDan dat.\n- een\n- twee",
    "yes_no": "no",
    "choice": "blue",
    "choices": ["red", "blue"],
    "number": "0",
    "date": "2026-12-01",
    "url": "https://www.voorbeeld.nl/pagina?a=1&b=2",
    "email": "info@voorbeeld.nl",
    "phone": "072 123 45 67",
    "postcode": "1811 AB",
    "kvk": "01234567",
    "municipality": "zandhoek",
    "municipalities": ["helmdorp", "zandhoek"],
    "locations": ["kantoor"],
    "levels": {"complexity": ["light"], "intensity": ["1", "2"]},
    "arrangements": ["basis"],
    "bands": ["6-10"],
}
"""An answer of each kind, as YAML stores it."""


def _place(sample: ContentFolder, kind: str) -> Scope:
    return scope_of(sample, "dag-buiten" if kind == "bands" else "post-en-papieren")


def test_a_kind_stands_in_both_tables() -> None:
    """The domain and the forms know the same kinds, and this module has an answer of each."""
    assert list(FIELD_KINDS) == list(KINDS) == list(ANSWERS)


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_survives_the_browser(sample: ContentFolder, kind: str) -> None:
    """A stored answer, shown in a form and sent back by a browser, is the same answer."""
    question, scope = ask(kind, required=True), _place(sample, kind)
    shown = make_form([question], scope, None, {"it": ANSWERS[kind]})
    back = make_form([question], scope, sent_by_browser(shown), {})
    assert back.errors == ()
    assert back.public == {"it": ANSWERS[kind]}
    assert make_form([question], scope, None, back.raw).public == {"it": ANSWERS[kind]}


@pytest.mark.parametrize("kind", ANSWERS)
def test_no_answer_stays_no_answer(sample: ContentFolder, kind: str) -> None:
    """An empty form sent back by a browser holds nothing, and nothing is wrong when no answer is needed."""
    question, scope = ask(kind), _place(sample, kind)
    back = make_form([question], scope, sent_by_browser(make_form([question], scope, None, {})), {})
    assert (back.raw, back.errors, back.public) == ({}, (), {})


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_required_answer_is_asked_for_by_name(sample: ContentFolder, kind: str) -> None:
    """A missing answer is told with what to do and at which question, never as a duty."""
    (error,) = make_form([ask(kind, required=True)], _place(sample, kind), MultiDict(), {}).errors
    assert "Vraag it?" in error.message
    assert error.message.startswith(("Vul ", "Kies "))
    assert "verplicht" not in error.message


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_input_has_a_name_for_who_cannot_see_it(sample: ContentFolder, kind: str) -> None:
    """Each input has a label of its own, each group a legend, and every id that is referred to exists once."""
    question, scope = ask(kind, required=True, help="Uitleg."), _place(sample, kind)
    tree = page(make_form([question], scope, MultiDict(), {}))
    inputs = [one for one in tree.forms[0].inputs if one.tag != "button"]
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert inputs
    assert len(ids) == len(set(ids))
    for one in inputs:
        assert one.label is not None
        assert one.label.text_content().strip()
    for fieldset in parts(tree, "//fieldset"):
        assert fieldset[0].tag == "legend"
    for one in parts(tree, "//*[@aria-describedby]"):
        assert set(one.get("aria-describedby", "").split()) <= set(ids)
    for link in parts(tree, "//*[@role='alert']//a"):
        assert link.get("href", "").removeprefix("#") in {one.get("id") for one in inputs}


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_browser_itself_checks_nothing(sample: ContentFolder, kind: str) -> None:
    """No field has a placeholder, a maximum, a pattern, `required`, or a type that changes what is typed."""
    tree = page(make_form([ask(kind, required=True, max=80)], _place(sample, kind), None, {}))
    for one in (each for each in tree.forms[0].inputs if each.tag != "button"):
        assert not {"required", "placeholder", "maxlength", "pattern", "min", "max"} & set(one.attrib)
        assert one.get("type", "text") in ("text", "radio", "checkbox")
    assert not parts(tree, "//*[@disabled]")


@pytest.mark.parametrize(
    ("kind", "attribute", "value"),
    [
        ("number", "inputmode", "numeric"),
        ("kvk", "inputmode", "numeric"),
        ("url", "inputmode", "url"),
        ("email", "inputmode", "email"),
        ("phone", "inputmode", "tel"),
        ("email", "autocomplete", "work email"),
        ("phone", "autocomplete", "work tel"),
        ("postcode", "autocomplete", "postal-code"),
    ],
)
def test_a_phone_shows_the_right_keys(scope: Scope, kind: str, attribute: str, value: str) -> None:
    """Fields with numbers and addresses tell the browser which keyboard fits, and what it may fill in."""
    (one,) = parts(page(make_form([ask(kind)], scope, None, {})), "//input")
    assert one.get(attribute) == value


@pytest.mark.parametrize(("most", "tag"), [(80, "input"), (200, "textarea")])
def test_a_long_line_has_room_on_a_phone(scope: Scope, most: int, tag: str) -> None:
    """A line that may be long is asked in a box of two rows, a short one in an input."""
    [field] = parts(page(make_form([ask("line", max=most)], scope, posted(it="Hoi"), {})), "//*[@id='v-it']")

    assert field.tag == tag
    assert field.get("rows") == ("2" if tag == "textarea" else None)
