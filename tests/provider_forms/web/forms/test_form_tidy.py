"""People may write an answer in their own way; what is kept for the guide is one form."""

from __future__ import annotations

import pytest

from provider_forms.web.forms import make_form
from tests.provider_forms.web.forms.asking import ask, posted
from wmo_guide.domain.kinds import Scope


@pytest.mark.parametrize(
    ("kind", "typed", "normal"),
    [
        ("postcode", "1811ab", "1811 AB"),
        ("postcode", " 1811  aB ", "1811 AB"),
        ("postcode", "1811-AB", "1811 AB"),
        ("phone", "(072) 123 45 67", "072 123 45 67"),
        ("phone", "072-1234567", "072-1234567"),
        ("phone", "072 \u2013 123.45.67", "072-123 45 67"),
        ("phone", "0031 (0)72/1234567", "+31 72 1234567"),
        ("phone", "\u202f072\u00a01234567 ", "072 1234567"),
        ("url", "www.voorbeeld.nl", "https://www.voorbeeld.nl"),
        ("url", "//voorbeeld.nl/pagina ", "https://voorbeeld.nl/pagina"),
        ("url", "http://voorbeeld.nl", "http://voorbeeld.nl"),
        ("email", " mailto:info@voorbeeld.nl", "info@voorbeeld.nl"),
        ("email", "info @voorbeeld.nl", "info@voorbeeld.nl"),
        ("kvk", "01 23.45 67", "01234567"),
        ("kvk", "KvK: 01234567", "01234567"),
        ("number", " 3 weken", "3"),
        ("number", "1 Week", "1"),
        ("number", "+3", "3"),
        ("number", "1.000", "1000"),
        ("date", "1-12-2026", "2026-12-01"),
        ("date", "01/12/2026", "2026-12-01"),
        ("date", "1.12.2026", "2026-12-01"),
        ("date", "1 december 2026", "2026-12-01"),
        ("date", "1 mrt. 2026", "2026-03-01"),
        ("date", "2026-12-1", "2026-12-01"),
        ("line", "  Wij\thelpen \r\n u ", "Wij helpen u"),
        ("line", "zorg\u00adboer\u200bderij\ufeff", "zorgboerderij"),
        ("line", "e\u0301e\u0301n", "één"),
        ("text", "Een.  \r\n\r\nTwee.\u2028Drie.\r\n", "Een.\n\nTwee.\nDrie."),
        (
            "text",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467 welkom",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467 welkom",
        ),
        (
            "text",
            "\u200dWelkom\u200c, ook \U0001f469\U0001f3fd\u200d\u2695\ufe0f\u200d.",
            "Welkom, ook \U0001f469\U0001f3fd\u200d\u2695\ufe0f.",
        ),
        (
            "line",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("line", "\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("line", "zorg\u200dboer\u200cderij", "zorgboerderij"),
        ("url", "https://bücher.nl/Über?q=1", "https://xn--bcher-kva.nl/Über?q=1"),
        ("url", "www.café-de-brug.nl", "https://www.xn--caf-de-brug-dbb.nl"),
        ("email", "info@bücher.nl", "info@xn--bcher-kva.nl"),
        ("text", "مرحبا بكم", "مرحبا بكم"),
        ("lines", "- maandag \r\n\r\n• dinsdag\r\n", ["maandag", "dinsdag"]),
        ("choice", " red ", "red"),
    ],
)
def test_sloppy_input_is_accepted(scope: Scope, kind: str, typed: str, normal: str | list[str]) -> None:
    """An answer in an unusual but clear form is right, and its normal form goes to the guide."""
    form = make_form([ask(kind, unit="weken", unit_one="week")], scope, posted(it=typed), {})
    assert form.errors == ()
    assert form.public == {"it": normal}


@pytest.mark.parametrize("typed", ["1811ab", " (072) 123", "regel een\nregel twee", "\u202eomgekeerd"])
def test_what_was_typed_is_kept_as_it_was(scope: Scope, typed: str) -> None:
    """The answer that a draft stores is letter for letter what was typed."""
    assert make_form([ask("text")], scope, posted(it=typed), {}).raw == {"it": typed}


def test_a_joiner_is_no_unseen_character(scope: Scope) -> None:
    """The message about a character that nobody sees leads to that character, not to an emoji before it."""
    typed = "Een gezin \U0001f468\u200d\U0001f469 komt langs\u2066 ja"
    (error,) = make_form([ask("text")], scope, posted(it=typed), {}).errors
    assert "Achter “langs”" in error.message


@pytest.mark.parametrize("typed", ["https://straße.nl", "https://b\u202eücher.nl", "https://ü..nl"])
def test_a_host_that_can_be_read_in_two_ways_is_refused(scope: Scope, typed: str) -> None:
    """A web address is never changed into that of another site."""
    assert len(make_form([ask("url")], scope, posted(it=typed), {}).errors) == 1


def test_line_breaks_of_browsers_become_plain_ones(scope: Scope) -> None:
    """A text posted with the line breaks of a browser is stored with one kind of line break."""
    assert make_form([ask("text")], scope, posted(it="een\r\ntwee\rdrie"), {}).raw == {"it": "een\ntwee\ndrie"}


@pytest.mark.parametrize("typed", [" ", "\r\n \t", "\u200b", "\u00ad"])
def test_blanks_are_no_answer(scope: Scope, typed: str) -> None:
    """Blanks and characters without any meaning don't count as an answer."""
    (error,) = make_form([ask("text", required=True)], scope, posted(it=typed), {}).errors
    assert error.message == "Vul een antwoord in bij “Vraag it?”."
