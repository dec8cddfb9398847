"""From a model to the questions of a form, and from answers back to the record: one definition, the model itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from provider_forms.desk.content_kinds import MARKDOWN, ContentKind, Item
from provider_forms.desk.content_words import FieldWords, words
from wmo_guide.domain.matrix import IconName
from wmo_guide.domain.provider import Raw
from wmo_guide.domain.questions import Option, Question
from wmo_guide.domain.values import (
    Amount,
    Day,
    Email,
    Flag,
    Key,
    Line,
    PastDay,
    Phone,
    Prose,
    Slug,
    WebAddress,
    Whole,
)
from wmo_guide.store.messages import findings_of
from wmo_guide.store.yaml_text import Tree

Choices = Mapping[str, Sequence[Option]]
"""What there is to refer to, by the word `choose` of a field."""
NAME, WHY, DAY = "desk-name", "desk-why", "desk-day"
"""Questions of the desk itself. No field of a model has a hyphen in its name."""
TEXT = "desk-text"
_NOTHING = "desk-nothing"
_KINDS: Sequence[tuple[Any, str]] = (
    (Line, "line"),
    (Prose, "text"),
    (Day, "date"),
    (PastDay, "date"),
    (Amount, "line"),
    (Whole, "number"),
    (Flag, "yes_no"),
    (WebAddress, "url"),
    (Email, "email"),
    (Phone, "phone"),
    (IconName, "line"),
    (Slug, "line"),
    (Key, "line"),
)
"""The kind of question for each kind of value."""
_FLAGS = {"true": "yes", "false": "no"}
_WORDS_BACK = {"yes": "true", "no": "false"}
_ROOM = {"line": 300, "text": 5000, "lines": 300}
_SHORT = (Amount, IconName, Slug, Key)
_ROOM_OF_SHORT = 100
_ROOM_OF_ARTICLE = 60000
_LONGEST_NAME = 60
_NO_AMOUNT = "Dit is geen bedrag. Schrijf het in cijfers, bijvoorbeeld 19,00."
"""In place of what the model says, which is for who writes a file."""


def fields(kind: ContentKind) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a kind that its form asks for."""
    for name, field in kind.model.model_fields.items():
        if name not in kind.left_out and not (kind.has_own_name and name in kind.named_by):
            yield name, field


def questions(kind: ContentKind, choices: Choices, *, is_new: bool) -> tuple[Question, ...]:
    """The questions of the form for one item."""
    hints = get_type_hints(kind.model, include_extras=True)
    asked = [_question(kind, name, field, hints[name], choices) for name, field in fields(kind)]
    if kind.is_article:
        asked.append(_markdown())
    if is_new and kind.has_own_name:
        asked.append(_name(kind))
    return (*asked, why_question(), _day_question())


def removal_questions() -> tuple[Question, ...]:
    """The questions when an item goes."""
    return (why_question(), _last_day_question())


def stored(kind: ContentKind, item: Item | None) -> dict[str, Raw]:
    """An item as answers to those questions; without one, what a new item begins with."""
    found: dict[str, Raw] = {}
    hints = get_type_hints(kind.model, include_extras=True)
    for name, field in kind.model.model_fields.items():
        raw = (item or {}).get(name)
        raw = _default(field) if raw in (None, "", []) else raw
        shape = _asked_as(kind, name, hints[name])
        if shape == "yes_no":
            raw = _FLAGS.get(str(raw), "")
        elif shape == "choice" and raw is None and item is not None and words().of(kind.model, name).none:
            raw = _NOTHING
        elif hints[name] == Amount and isinstance(raw, str):
            raw = raw.replace(".", ",")
        if isinstance(raw, str):
            found[name] = raw.strip()
        elif isinstance(raw, list):
            found[name] = [str(one) for one in raw]
    if item is not None and kind.is_article:
        found[TEXT] = str(item.get(MARKDOWN, "")).strip()
    return found


def changed(kind: ContentKind, old: Item | None, answers: Mapping[str, Raw], asked: Collection[str]) -> Item:
    """The item with these answers. What was not asked or not changed stays as it was written, letter by letter."""
    was, hints, item = stored(kind, old), get_type_hints(kind.model, include_extras=True), Item()
    for name, field in kind.model.model_fields.items():
        before, shape = (old or {}).get(name), _asked_as(kind, name, hints[name])
        fresh: Tree | None = before
        same = old is not None and _alike(was.get(name), answers.get(name), in_order=shape == "lines")
        if name in asked and not same:
            answer = answers.get(name)
            answer = amount(answer) if hints[name] == Amount and isinstance(answer, str) else answer
            fresh = _written(shape, answer, before)
            fresh = None if before is None and fresh == _default(field) else fresh
        if fresh is not None:
            item[name] = fresh
    if kind.is_article:
        item[MARKDOWN] = str(answers.get(TEXT, ""))
    return item


def refusals(kind: ContentKind, item: Item, asked: Collection[str]) -> dict[str, str]:
    """What the model itself has against the answers that were given, by field; what is missing is told elsewhere."""
    head = {key: value for key, value in item.items() if key in asked}
    try:
        kind.model.model_validate(head)
    except ValidationError as error:
        hints = get_type_hints(kind.model, include_extras=True)
        found = ((str(one.path[0]), one.message) for one in findings_of(error) if one.path)
        return {name: _NO_AMOUNT if hints[name] == Amount else told for name, told in found if name in head}
    return {}


def name_of(kind: ContentKind, answers: Mapping[str, Raw]) -> str:
    """The name of a new item in addresses: as typed, or else made of its title."""
    return _slug(str(answers.get(NAME) or answers.get(kind.named_after) or ""))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")


def amount(text: str) -> str:
    """An amount as people type it, e.g. "€ 19,5", as a file holds it."""
    found = re.fullmatch(r"(?:€\s*)?(\d{1,6})(?:[.,](\d{1,2}|-))?", text.strip())
    if not found:
        return text
    return f"{found[1]}.{(found[2] or '').replace('-', '').ljust(2, '0')}"


def _question(kind: ContentKind, name: str, field: FieldInfo, hint: Any, choices: Choices) -> Question:
    told, shape = words().of(kind.model, name), _asked_as(kind, name, hint)
    options = _options(told, hint, choices)
    if shape == "choice" and told.none and options is not None:
        options = (Option(key=_NOTHING, label=told.none), *options)
    has_one = field.is_required() or shape in ("yes_no", "choice") or name == "order"
    return Question(
        key=name,
        kind=shape,
        label=told.label,
        help=told.help,
        required=has_one or bool(_least(field)) or name in kind.needed,
        options=options or (),
        max=_ROOM_OF_SHORT if hint in _SHORT else _ROOM.get(shape),
    )


def _options(told: FieldWords, hint: Any, choices: Choices) -> tuple[Option, ...] | None:
    """What there is to choose from; None for what is typed."""
    if told.choose:
        return tuple(choices[told.choose])
    fixed = _fixed(hint)
    return tuple(Option(key=one, label=told.options[one]) for one in fixed) if fixed else None


def _asked_as(kind: ContentKind, name: str, hint: Any) -> str:
    """The kind of question for a field: what refers to something is chosen, not typed."""
    shape = _shape(hint)
    if words().of(kind.model, name).choose:
        return "choice" if shape == "line" else "choices"
    return shape


def _shape(hint: Any) -> str:
    """The kind of question for a type."""
    inner = _inner(hint)
    if get_origin(inner) is Literal:
        return "choice"
    if get_origin(inner) is tuple:
        return "choices" if _fixed(inner) else "lines"
    found = next((kind for known, kind in _KINDS if known == inner), None)
    if found is None:
        raise TypeError(f"There is no kind of question for {hint}.")
    return found


def _inner(hint: Any) -> Any:
    """The type without "or nothing" and what goes with that."""
    if get_origin(hint) is Annotated:
        base = get_args(hint)[0]
        parts = [one for one in get_args(base) if one is not type(None)]
        return parts[0] if type(None) in get_args(base) else hint
    return hint


def _fixed(hint: Any) -> tuple[str, ...]:
    """The values of a fixed choice, of one or of more."""
    inner = _inner(hint)
    if get_origin(inner) is tuple:
        inner = get_args(inner)[0]
    return tuple(map(str, get_args(inner))) if get_origin(inner) is Literal else ()


def _least(field: FieldInfo) -> int:
    return next((one.min_length for one in field.metadata if hasattr(one, "min_length")), 0)


def _default(field: FieldInfo) -> Tree | None:
    """The value of a key that isn't there, as a file would write it."""
    if field.is_required() or field.default is None:
        return None
    if isinstance(field.default, bool):
        return "true" if field.default else "false"
    return [] if field.default == () else str(field.default)


def _alike(was: Raw | None, now: Raw | None, *, in_order: bool) -> bool:
    """Whether two answers say the same."""
    if isinstance(was, list) and isinstance(now, list) and not in_order:
        return sorted(was) == sorted(now)
    return (was or None) == (now or None)


def _written(shape: str, now: Raw | None, before: Tree | None) -> Tree | None:
    """An answer as the file is to hold it; None when it has no answer."""
    if shape == "yes_no":
        return _WORDS_BACK.get(str(now))
    if now in (None, "", [], _NOTHING):
        return None
    if isinstance(now, list):
        kept = [one for one in before if one in now] if isinstance(before, list) and shape != "lines" else []
        return [*kept, *(one for one in now if one not in kept)]
    text = str(now)
    as_block = "\n" in text or (isinstance(before, str) and before.endswith("\n"))
    return f"{text}\n" if as_block else text


def _markdown() -> Question:
    return Question(
        key=TEXT,
        kind="text",
        label="Tekst",
        help=(
            "Een lege regel begint een nieuwe alinea. ## maakt een kop. Een regel die begint met een streepje wordt een punt van een "
            "lijst. Een link schrijft u zo: [wat het kost](/adres/van/de/pagina/)."
        ),
        required=True,
        max=_ROOM_OF_ARTICLE,
    )


def _name(kind: ContentKind) -> Question:
    example = words().kinds[kind.key].example
    told = f" Bijvoorbeeld {example}." if example else ""
    help_text = f"Kleine letters, cijfers en streepjes.{told} Dit kunt u later niet veranderen. Laat het leeg, dan maken wij het van de titel."
    return Question(key=NAME, kind="line", label="Naam in het webadres", help=help_text, max=_LONGEST_NAME)


def why_question() -> Question:
    """Asks for the reason, which goes into the history."""
    why = "Eén zin voor uw collega's. Die komt in de geschiedenis van de gids. Noem geen namen van personen."
    return Question(key=WHY, kind="line", label="Wat verandert u en waarom?", help=why, required=True, max=200)


def _day_question() -> Question:
    day = "Laat dit leeg om het meteen op de site te zetten."
    return Question(key=DAY, kind="date", label="Op welke dag moet dit op de site?", help=day)


def _last_day_question() -> Question:
    day = (
        "Laat dit leeg om het meteen weg te halen. Tot die dag blijft het in de gids staan, ook als het nog verandert."
    )
    return Question(key=DAY, kind="date", label="Op welke dag moet dit uit de gids?", help=day)
