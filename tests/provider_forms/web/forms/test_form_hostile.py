"""Whatever is posted: a clear sentence, nothing lost, and nothing of it becomes code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from werkzeug.datastructures import MultiDict

from provider_forms.web.forms import make_form
from provider_forms.web.forms.field import MOST_LINES
from provider_forms.web.forms.kinds import FIELD_KINDS
from tests.builders import ContentFolder
from tests.provider_forms.web.forms.asking import ask, page, parts, posted, rendered, sent_by_browser
from tests.provider_forms.web.forms.conftest import scope_of
from wmo_guide.domain.kinds import KINDS, Scope

FREE = [name for name, kind in FIELD_KINDS.items() if kind.free_text]
TYPED = [name for name, kind in FIELD_KINDS.items() if not kind.is_group]
SYNTAX = (
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    '" autofocus onfocus="alert(1)',
    "{{ 7 * 7 }} {% include 'x' %} {# #}",
    "# kop [x](javascript:alert(1)) **vet** `code`",
    "!!python/object:os.system [a, b] {c: d} &anker *anker | > - ? : --- ...",
    "&amp; &#0; &nbsp;",
    "'; DROP TABLE part; --",
    "../../etc/passwd %00 %2e%2e",
)
EXPLAINED = ("Haal ", "Vul ", "Kies ", "Kijk ", "Typ ", "Maak ")


@pytest.mark.parametrize("kind", FREE)
@pytest.mark.parametrize("typed", SYNTAX)
def test_code_is_text(scope: Scope, kind: str, typed: str) -> None:
    """Text that looks like HTML, Markdown, Jinja, YAML or SQL is accepted, shown literally, and comes back the same."""
    form = make_form([ask(kind)], scope, posted(it=typed), {})
    tree = page(form)
    (one,) = parts(tree, "//*[@id='v-it']")
    assert form.errors == ()
    assert one.get("value", one.text or "").strip() == typed
    assert not parts(tree, "//script | //img | //*[@onerror] | //*[@onfocus] | //form//*[@autofocus]")
    assert make_form([ask(kind)], scope, sent_by_browser(form), {}).raw == form.raw


@pytest.mark.parametrize("typed", SYNTAX)
def test_code_in_a_message_is_text(scope: Scope, typed: str) -> None:
    """A message that repeats what was typed shows it literally."""
    form = make_form([ask("line", max=3)], scope, posted(it=f"{typed}\x07"), {})
    assert not parts(page(form), "//script | //img | //*[@onerror] | //*[@onfocus] | //form//*[@autofocus]")


@pytest.mark.parametrize("kind", TYPED)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85", "\u202e", "\u2066", "\ufffe"])
def test_a_character_that_nobody_sees_is_pointed_out(scope: Scope, kind: str, character: str) -> None:
    """A control character or one that turns the reading order is refused, and the message tells behind which word."""
    typed = f"Wij helpen{character} u"
    form = make_form([ask(kind)], scope, posted(it=typed), {})
    (error,) = form.errors
    assert error.message == "Typ bij “Vraag it?” een stuk opnieuw. Achter “helpen” staat een teken dat u niet ziet."
    assert form.raw == {"it": [typed] if kind == "lines" else typed}
    assert rendered(form)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("date", "31-2-2026"),
        ("date", "2026-13-01"),
        ("date", "29 februari 2027"),
        ("date", "1-12-26"),
        ("date", "1 smarch 2026"),
        ("date", "morgen"),
        ("number", "drie"),
        ("number", "3,5"),
        ("number", "-1"),
        ("number", "105"),
        ("number", "9" * 40),
        ("url", "javascript:alert(1)"),
        ("url", "JaVaScRiPt:alert(1)"),
        ("url", "data:text/html,x"),
        ("url", "file:///etc/passwd"),
        ("url", "gewoon een zin"),
        ("url", "https://gebruiker:geheim@voorbeeld.nl"),
        ("email", "info@"),
        ("email", "a@b.nl\r\nBcc: c@d.nl"),
        ("phone", "12345"),
        ("phone", "+44 20 7946 0000"),
        ("postcode", "0123 AB"),
        ("postcode", "1234 SS"),
        ("kvk", "1234567"),
        ("kvk", "123456789"),
        ("yes_no", "misschien"),
        ("choice", "green"),
        ("choices", ["red", "green"]),
        ("municipality", "oud-zand"),
        ("municipality", "parijs"),
        ("municipalities", ["zandhoek", "parijs"]),
        ("locations", ["andermans-kantoor"]),
        ("arrangements", ["goud"]),
        ("line", "x" * 201),
        ("text", "x" * 3001),
        ("lines", "x" * 201),
        ("lines", "maandag\r\nmaandag "),
        ("number", "\u0661\u0662"),
    ],
)
def test_a_wrong_answer_is_explained_and_kept(scope: Scope, kind: str, typed: str | list[str]) -> None:
    """A wrong, impossible or forged answer gets one clear sentence, stays in the draft, and doesn't reach the guide."""
    form = make_form([ask(kind, min=0, max=104) if kind == "number" else ask(kind)], scope, posted(it=typed), {})
    (error,) = form.errors
    assert error.message.startswith(EXPLAINED)
    assert "Vraag it?" in error.message
    assert "YAML" not in error.message
    assert "sleutel" not in error.message
    assert form.raw
    assert form.public == {}
    assert make_form([ask(kind)], scope, None, form.raw).raw == form.raw
    assert rendered(form)


@pytest.mark.parametrize("fields", [{"it__nonsense": "light"}, {"it__complexity": "feather"}])
def test_a_forged_level_is_refused(scope: Scope, fields: dict[str, str]) -> None:
    """An axis or a level that the block doesn't have is refused, and kept as it was posted."""
    form = make_form([ask("levels")], scope, posted(**fields), {})
    (error,) = form.errors
    assert error.message == "Kies opnieuw bij “Vraag it?”. Iets wat gekozen was, staat niet meer in de lijst."
    assert form.public == {}
    assert list(form.raw) == ["it"]


@pytest.mark.parametrize(("kind", "length"), [("line", 81), ("text", 5000), ("lines", 81)])
def test_too_long_a_text_is_kept_whole(scope: Scope, kind: str, length: int) -> None:
    """A text over the limit is told with its length and the limit, and stays in the form to the last character."""
    form = make_form([ask(kind, max=80)], scope, posted(it="x" * length), {})
    (error,) = form.errors
    assert f"heeft {length} tekens" in error.message
    assert "plaats voor 80" in error.message
    assert "x" * length in rendered(form)


def test_a_band_of_another_size_is_refused(sample: ContentFolder) -> None:
    """A range that the block isn't sold in is refused."""
    form = make_form([ask("bands")], scope_of(sample, "dag-buiten"), posted(it=["11-20"]), {})
    assert [error.key for error in form.errors] == ["it"]
    assert form.raw == {"it": ["11-20"]}


def test_too_many_lines_are_counted_not_dropped(scope: Scope) -> None:
    """More lines than a list may have are refused with both numbers, and all of them stay."""
    lines = [f"regel {number}" for number in range(MOST_LINES + 5)]
    form = make_form([ask("lines")], scope, posted(it="\r\n".join(lines)), {})
    (error,) = form.errors
    assert f"{MOST_LINES} regels" in error.message
    assert str(MOST_LINES + 5) in error.message
    assert form.raw == {"it": lines}


def test_a_choice_sent_many_times_counts_once(scope: Scope) -> None:
    """The same choice posted a thousand times is one choice."""
    form = make_form([ask("choices")], scope, posted(it=["red"] * 1000), {})
    assert form.public == {"it": ["red"]}


@pytest.mark.parametrize(("kind", "raw"), [("line", "een\ntwee"), ("choice", "red\nblue")])
def test_a_field_sent_twice_loses_nothing(scope: Scope, kind: str, raw: str) -> None:
    """Two values for a question with one answer are both kept; two different choices are refused."""
    sent = ["een", "twee"] if kind == "line" else ["red", "blue"]
    form = make_form([ask(kind)], scope, posted(it=sent), {})
    assert form.raw == {"it": raw}
    assert bool(form.errors) == (kind == "choice")


def test_fields_that_nobody_asked_for_are_left_alone(scope: Scope) -> None:
    """Posted fields without a question change nothing."""
    fields = posted(it="a", other="b", it__complexity="c")
    fields.add("__class__", "x")
    assert make_form([ask("line")], scope, fields, {}).raw == {"it": "a"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Mevrouw heeft nummer 111222333.", "111••••••"),
        ("bsn 1112.22.333 van mijnheer", "111••••••"),
        ("11 12 22 333", "111••••••"),
        ("111-222-333", "111••••••"),
        ("111\u00a0222\u202f333", "111••••••"),
        ("111\u2011222 \u2013 333", "111••••••"),
        ("111\u200b222\u00ad333", "111••••••"),
        ("\uff11\uff11\uff11222333", "111••••••"),
        ("010000008", "010••••••"),
        ("10000008 zonder nul", "100•••••"),
        ("10.000.008", "100•••••"),
        ("111222333 en 072 123 45 67", "111••••••"),
        ("072 123 45 67 111222333", "111••••••"),
        ("geboren 1-2-1980 111222333", "111••••••"),
    ],
)
@pytest.mark.parametrize("kind", FREE)
def test_a_citizen_number_is_pointed_out(scope: Scope, kind: str, typed: str, shown: str) -> None:
    """Free text with a valid BSN is accepted with a warning that tells where, and doesn't repeat the number."""
    form = make_form([ask(kind)], scope, posted(it=typed), {})
    (warning,) = form.warnings
    assert form.errors == ()
    assert (warning.target, warning.key) == ("v-it", "it")
    assert "Vraag it?" in warning.message
    assert shown in warning.message
    assert "111222333" not in warning.message
    assert "let-op-v-it" in rendered(form)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", "Bel 072 123 45 67 of 0612345678."),
        ("text", "Nummer 123456789 klopt niet als BSN."),
        ("text", "1112223334 heeft tien cijfers."),
        ("text", "000000000"),
        ("text", "KvK-nummer: 10000008"),
        ("text", "Ons nummer bij de Kamer van Koophandel is 10000008"),
        ("text", "Sinds 10-05-2013 open."),
        ("text", "Open van 9.00 - 17.00 en van 19.00 - 21.00 uur"),
        ("text", "(06) 10000008"),
        ("text", "06 - 10000008"),
        ("text", "+31 (0)6-10000008"),
        ("text", "0031 6 10 00 00 08"),
        ("kvk", "10000008"),
        ("phone", "+31 111222333"),
    ],
)
def test_other_numbers_are_no_citizen_numbers(scope: Scope, kind: str, typed: str) -> None:
    """A telephone number, a number that fails the check, or one of another length gives no warning."""
    assert make_form([ask(kind)], scope, posted(it=typed), {}).warnings == ()


def test_each_citizen_number_is_told_with_its_place(scope: Scope) -> None:
    """Every number gets a warning of its own that names its line and the words before it, without other numbers."""
    text = "Wij helpen mevrouw Jansen, 111222333.\nEn 2 anderen: 123456782"
    one, other = make_form([ask("text")], scope, posted(it=text), {}).warnings

    assert "Op regel 1, achter “helpen mevrouw Jansen,”" in one.message
    assert "Op regel 2, achter “En • anderen:”" in other.message
    assert one.mark != other.mark


def test_no_telephone_number_is_taken_for_a_citizens(scope: Scope) -> None:
    """Telephone numbers in all usual ways of writing give no warning, whatever their digits are."""
    shapes = ("0{0}", "06-{1}", "(0{2}) {3}", "0{2} - {3}", "+31 {0}", "+31 (0){0}", "0031{0}", "0{2} {4} {5} {6}")
    for number in range(712_345_600, 712_345_700):
        text = str(number)
        cuts = (text, text[1:], text[:2], text[2:], text[2:5], text[5:7], text[7:])
        for shape in shapes:
            assert make_form([ask("text")], scope, posted(it=shape.format(*cuts)), {}).warnings == ()


@given(
    kind=st.sampled_from(list(FIELD_KINDS)),
    values=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=4),
)
def test_anything_may_be_posted(scope: Scope, kind: str, values: list[str]) -> None:
    """Whatever is posted, the form can be made, shown and reopened from its draft, and only right answers go on."""
    question = ask(kind)
    name = "a.it.complexity" if kind == "levels" else "a.it"
    form = make_form([question], scope, MultiDict([(name, value) for value in values]), {})
    again = make_form([question], scope, None, form.raw)
    assert again.raw == form.raw
    assert again.public == form.public
    assert html.fromstring(rendered(form).replace("\x00", "")) is not None
    for key, dumped in form.public.items():
        assert KINDS[kind].parse(dumped, question, scope) == form.parsed[key]
