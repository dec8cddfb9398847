"""Every sentence with which a form refuses an answer, in one table.

A sentence says what to do, names the question, and never blames (facts.md 3.2). A question's own sentence in YAML
(`messages`) goes first; then the table, by reason and kind, then by reason alone. What is in neither is told in the
sentence of the kind itself: that one knows how many characters there are, or what the largest number is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sized

from provider_forms.desk.personal import CitizenNumber
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.questions import Question, Refusal
from wmo_guide.domain.values import forbidden_at

MESSAGES: Mapping[str, str] = {
    "missing": "Vul een antwoord in bij “{label}”.",
    "missing.yes_no": "Kies ja of nee bij “{label}”.",
    "missing.choice": "Kies een antwoord bij “{label}”.",
    "missing.choices": "Kies minstens één antwoord bij “{label}”.",
    "missing.municipality": "Kies een gemeente bij “{label}”.",
    "missing.municipalities": "Kies minstens één gemeente bij “{label}”.",
    "missing.locations": "Kies minstens één locatie bij “{label}”.",
    "missing.levels": "Kies minstens één niveau bij “{label}”.",
    "missing.arrangements": "Kies minstens één arrangement bij “{label}”.",
    "missing.bands": "Kies minstens één omvang bij “{label}”.",
    "missing.number": "Vul een getal in bij “{label}”, bijvoorbeeld 3.",
    "missing.date": "Vul een datum in bij “{label}”, bijvoorbeeld 1-12-2026.",
    "missing.url": "Vul een webadres in bij “{label}”, bijvoorbeeld www.voorbeeld.nl.",
    "missing.email": "Vul een e-mailadres in bij “{label}”, bijvoorbeeld naam@voorbeeld.nl.",
    "missing.phone": "Vul een telefoonnummer in bij “{label}”, bijvoorbeeld 072 123 45 67.",
    "missing.postcode": "Vul een postcode in bij “{label}”, bijvoorbeeld 1811 AB.",
    "missing.kvk": "Vul het KvK-nummer in bij “{label}”. Het heeft acht cijfers.",
    "invalid": "Kijk het antwoord na bij “{label}”.",
    "invalid.lines": "Haal bij “{label}” de regel weg die er twee keer staat.",
    "invalid.number": "Vul bij “{label}” een heel getal in, bijvoorbeeld 3. Laat woorden en komma's weg.",
    "invalid.date": "Vul bij “{label}” een datum in die bestaat: dag, maand en jaar. Bijvoorbeeld 1-12-2026.",
    "invalid.url": "Vul bij “{label}” een webadres in, bijvoorbeeld www.voorbeeld.nl.",
    "invalid.email": "Vul bij “{label}” een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
    "invalid.phone": "Vul bij “{label}” een telefoonnummer van tien cijfers in, bijvoorbeeld 072 123 45 67.",
    "invalid.postcode": "Vul bij “{label}” vier cijfers en twee letters in, bijvoorbeeld 1811 AB.",
    "invalid.kvk": "Vul bij “{label}” acht cijfers in. Neem ook een 0 aan het begin mee.",
    "unknown": "Kies opnieuw bij “{label}”. Iets wat gekozen was, staat niet meer in de lijst.",
    "invisible": "Typ bij “{label}” een stuk opnieuw. {where} staat een teken dat u niet ziet.",
    "too_many": "Maak het antwoord bij “{label}” korter. Er is plaats voor {most} regels en u hebt er {count}.",
}

WARNING = (
    "Kijk het antwoord na bij “{label}”. {where} staat een nummer dat een burgerservicenummer (BSN) kan zijn: {shown}. "
    "Schrijf geen persoonsgegevens van cliënten op. Is het een BSN? Haal het dan weg."
)
"""About personal data; this doesn't refuse the answer."""


def number_warning(question: Question, found: CitizenNumber, lines: int) -> str:
    """What the reader of a text with such a number has to look at. `lines` is how many lines the text has."""
    place = f"achter “{found.after}”" if found.after else "aan het begin"
    where = f"Op regel {found.line}, {place}," if lines > 1 else place[0].upper() + place[1:]
    return WARNING.format(label=question.label, where=where, shown=found.masked)


def sentence(reason: Refusal, question: Question, error: InvalidValueError | None = None, **details: object) -> str:
    """What the person who fills in the form reads."""
    own = question.messages.get(reason)
    if own:
        return own
    text = MESSAGES.get(f"{reason}.{question.kind}") or MESSAGES.get(reason)
    if text is None:
        return f"Kijk het antwoord na bij “{question.label}”. {error.message if error else ''}".rstrip()
    return text.format(label=question.label, **details)


def invisible_place(text: str) -> str | None:
    """Where in the text the first character stands that nobody can see; None when there is none."""
    index = forbidden_at(text)
    if index is None:
        return None
    words = text[:index].split()
    return f"Achter “{words[-1][-40:]}”" if words else "Aan het begin"


def error_title(title: str, errors: Sized) -> str:
    """The title of a page whose form has errors; the title itself when it has none."""
    count = len(errors)
    if not count:
        return title
    told = "is 1 foutmelding" if count == 1 else f"zijn {count} foutmeldingen"
    return f"Het formulier is niet verzonden, er {told} \u2013 {title}"
