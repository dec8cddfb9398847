"""What pydantic found, in Dutch sentences that tell the editor what to do."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from wmo_guide.domain.findings import Finding, InvalidValueError, KeyPath
from wmo_guide.domain.matrix import ICON_NAME
from wmo_guide.domain.questions import CONDITION
from wmo_guide.domain.theme import STYLE_VALUE
from wmo_guide.domain.values import CBS_CODE
from wmo_guide.store.keys import keys_beside

MOST = 50
"""As many findings of one file are told; more have one cause, and bury the others."""


def details_of(error: ValidationError) -> list[ErrorDetails]:
    """Every error once: a list is not called too short because an item in it is wrong."""
    details = error.errors(include_url=False)
    around = {path_of(one)[:length] for one in details for length in range(1, len(path_of(one)))}
    return [one for one in details if one["type"] != "too_short" or path_of(one) not in around]


def path_of(detail: ErrorDetails) -> KeyPath:
    """The way to the value that is wrong."""
    return tuple(part for part in detail["loc"] if part != "[key]")


def findings_of(error: ValidationError) -> list[Finding]:
    """The errors as findings, with the path to the value that is wrong; of very many the first ones."""
    details = details_of(error)
    findings = [_finding(detail, error.title) for detail in details[:MOST]]
    return [*findings, and_more(path_of(details[MOST]), len(details) - MOST)] if len(details) > MOST else findings


def at_most(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, of very many the first ones."""
    every = list(findings)
    return [*every[:MOST], and_more(every[MOST].path, len(every) - MOST)] if len(every) > MOST + 1 else every


def and_more(path: KeyPath, number: int) -> Finding:
    """The finding that tells of findings that are not told; it stands where the first of them is."""
    return Finding(path, f"En nog {number} in dit bestand. Verbeter eerst de andere: vaak hebben ze één oorzaak.")


def _finding(detail: ErrorDetails, root: str) -> Finding:
    path = path_of(detail)
    if detail["type"] == "extra_forbidden":
        return Finding(path, _unknown_key(path, root))
    inner = detail.get("ctx", {}).get("error")
    if isinstance(inner, InvalidValueError):
        return Finding((*path, *inner.path), inner.message)
    explain = _EXPLAIN.get(detail["type"], _other)
    return Finding(path, explain(detail))


def _missing(detail: ErrorDetails) -> str:
    return f'De sleutel "{detail["loc"][-1]}" ontbreekt. Voeg hem toe; content/README.md zegt wat erin hoort.'


_ALIKE = 0.75
"""With less, "kapot" would be taken for "kept"."""


def _unknown_key(path: KeyPath, root: str) -> str:
    key = str(path[-1])[:60]
    near = difflib.get_close_matches(key, keys_beside(root, path), n=1, cutoff=_ALIKE)
    hint = f'Bedoelde u "{near[0]}"?' if near else "Kijk in content/README.md welke sleutels er zijn."
    return f'De sleutel "{key}" bestaat hier niet. {hint}'


def _choice(detail: ErrorDetails) -> str:
    choices = str(detail.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
    return f"Dit kan hier niet. Kies uit: {choices}."


def _too_few(detail: ErrorDetails) -> str:
    least = detail.get("ctx", {}).get("min_length", 1)
    wanted = "Er hoort er minstens één" if least == 1 else f"Er horen er minstens {least}"
    return f"Deze lijst is te kort. {wanted} in te staan."


def _pattern(detail: ErrorDetails) -> str:
    form = _FORMS.get(str(detail.get("ctx", {}).get("pattern")), "Kijk in content/README.md naar het voorbeeld.")
    return f'"{str(detail["input"])[:60]}" heeft niet de goede vorm. {form}'


_FORMS: Mapping[str, str] = {
    CBS_CODE: "Schrijf GM en vier cijfers, zoals GM1234.",
    ICON_NAME: "Schrijf een naam zoals material/email-outline.",
    CONDITION: "Begin met block., answer. of level., zoals answer.transport.",
    STYLE_VALUE: "Schrijf een kleur zoals #14532d, of een maat zoals 6px.",
}
"""By pattern: what to write."""


def _keys_wanted(detail: ErrorDetails) -> str:
    return f"Hier staat nog niets. {_KEYS_WANTED}" if detail["input"] == "" else _KEYS_WANTED


def _other(detail: ErrorDetails) -> str:
    return f"Deze waarde kan hier niet ({detail['type']}). Kijk in content/README.md naar het voorbeeld."


def _always(message: str) -> Callable[[ErrorDetails], str]:
    return lambda _detail: message


_KEYS_WANTED = "Hier horen sleutels met waarden: elke sleutel op een eigen regel, met een dubbele punt erachter."
_EXPLAIN: Mapping[str, Callable[[ErrorDetails], str]] = {
    "missing": _missing,
    "literal_error": _choice,
    "too_short": _too_few,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _always("Hier staat niets. Vul de tekst in."),
    "string_type": _always("Hier hoort tekst, geen lijst en geen groep sleutels."),
    "tuple_type": _always("Hier hoort een lijst: elk deel op een eigen regel met een streepje ervoor."),
    "dict_type": _keys_wanted,
    "model_type": _keys_wanted,
    "model_attributes_type": _keys_wanted,
}
