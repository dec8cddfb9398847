"""Old and new of a provider's file, answer by answer and word by word. Pure: from two texts to what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal, TypeAlias

from provider_forms.desk.taken_apart import (
    FilePart,
    Parts,
    form_order,
    questions_of,
    read_file,
    scope_of,
    taken_apart,
    title_of,
)
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds import KINDS, Scope
from wmo_guide.domain.provider import ProviderFile, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Standards

START, END = "start-day", "end-day"
"""Stand for the first and the last day of an offering, which are no questions; no question's key has a hyphen."""
_DAYS = {START: "Eerste dag in de gids", END: "Laatste dag in de gids"}
_WORD = re.compile(r"\s+|\S+\s*")
_MOST_WORK = 4_000_000
"""Beyond this many pairs of words, finding which were kept would keep a reviewer waiting."""
_FEW = 3
"""Words that were kept between larger changes, up to which they go with those."""
How: TypeAlias = Literal["same", "removed", "added"]
_Step: TypeAlias = tuple[str, int, int, int, int]
"""What became of a run of words: how, where it begins and ends in the old text, and in the new one."""
Kind: TypeAlias = Literal["new", "changed", "more", "ended", "texts"]
_TEXTS = frozenset({"line", "lines", "text"})


@dataclass(frozen=True)
class Piece:
    """A run of words that was kept, removed or added."""

    how: How
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One answer, old and new, in the words in which the guide shows it."""

    part: str
    """Name of the form's page."""
    question: str
    """The question's key."""
    label: str
    old: str
    """Empty when there was none."""
    new: str
    """Empty when there is none."""
    is_text: bool = False
    """Whether people write it in their own words."""

    @property
    def is_changed(self) -> bool:
        """Whether old and new differ."""
        return self.old != self.new

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The words in reading order; those kept and removed make up the old text, those kept and added the new one."""
        return pieces(self.old, self.new)

    @property
    def place(self) -> tuple[str, str]:
        """Which answer it is."""
        return self.part, self.question


@dataclass(frozen=True)
class PartChange:
    """The organisation, a location or an offering, with all its answers."""

    name: str
    title: str
    how: Literal["new", "gone", "kept"]
    """Whether the part as a whole was added or taken away."""
    fields: tuple[FieldChange, ...]

    @property
    def changed(self) -> tuple[FieldChange, ...]:
        """The answers that differ."""
        return tuple(one for one in self.fields if one.is_changed)

    @property
    def same(self) -> tuple[FieldChange, ...]:
        """The answers that don't."""
        return tuple(one for one in self.fields if not one.is_changed)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """What became of the words of a text."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) > _MOST_WORK:
        return tuple(one for one in (Piece("removed", old), Piece("added", new)) if one.text)
    return tuple(_pieces(before, after))


def compare(old: ProviderFile | None, new: ProviderFile, standards: Standards) -> tuple[PartChange, ...]:
    """All parts of both files with their answers, ordered as in the form."""
    before = taken_apart(old) if old else {}
    after = taken_apart(new)
    names = form_order([*after, *before], standards)
    return tuple(_part(name, before, after, standards) for name in names)


def field_changes(old: str, new: str, standards: Standards) -> tuple[FieldChange, ...]:
    """The answers that differ between two texts of a file. An old text that is empty or broken has no answers."""
    file = read_file(new)
    if file is None:
        return ()
    return tuple(one for part in compare(read_file(old), file, standards) for one in part.changed)


def kinds_of(parts: Sequence[PartChange], *, is_new: bool) -> frozenset[Kind]:
    """What kind of change it is, for whoever looks for one."""
    if is_new:
        return frozenset({"new"})
    changed = [one for part in parts for one in part.changed]
    found: set[Kind] = {"changed"} if changed else set()
    offerings = [one for one in parts if one.name.startswith("offering/")]
    if any(one.how == "new" for one in offerings):
        found.add("more")
    if any(one.how == "gone" or (one.how == "kept" and _ends(one)) for one in offerings):
        found.add("ended")
    if changed and all(one.is_text for one in changed) and all(one.how == "kept" for one in parts):
        found.add("texts")
    return frozenset(found)


def _ends(part: PartChange) -> bool:
    return any(one.question == END and one.new for one in part.changed)


def answer_words(question: Question, raw: Raw, scope: Scope) -> str:
    """An answer in the words in which the guide shows it; as it was given when it isn't right."""
    if raw in ("", None, [], {}):
        return ""
    try:
        return "\n".join(
            KINDS[question.kind].show(KINDS[question.kind].parse(raw, question, scope), question, scope).texts
        )
    except InvalidValueError:
        return plain_words(raw)


def plain_words(raw: Raw) -> str:
    """An answer as it was given, in lines."""
    if isinstance(raw, Mapping):
        return "\n".join(f"{key}: {plain_words(value)}" for key, value in raw.items())
    if isinstance(raw, list | tuple):
        return "\n".join(map(plain_words, raw))
    return str(raw)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Each run of kept words with what was removed and added behind it."""
    run: dict[How, str] = {"same": "", "removed": "", "added": ""}
    for how, text in _steps(before, after):
        if how == "same" and text and (run["removed"] or run["added"]):
            yield from (Piece(one, told) for one, told in run.items() if told)
            run = {"same": "", "removed": "", "added": ""}
        run[how] += text
    yield from (Piece(one, told) for one, told in run.items() if told)


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[How, str]]:
    """Word by word. A word with another blank behind it, because a sentence follows it now, was kept."""
    was, now = ([one.rstrip() or one for one in words] for words in (before, after))
    steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for tag, start, end, begin, stop in _readable(steps, before):
        if tag != "equal":
            yield "removed", "".join(before[start:end])
            yield "added", "".join(after[begin:stop])
            continue
        for old, new in zip(before[start:end], after[begin:stop], strict=True):
            word = old if old == new else old.rstrip()
            yield "same", word
            yield "removed", old[len(word) :]
            yield "added", new[len(word) :]


def _readable(steps: Sequence[_Step], before: Sequence[str]) -> list[_Step]:
    """The same steps, with a word or two that happen to stand in both of two rewritten passages taken along with those."""
    found: list[_Step] = []
    for step in steps:
        found.append(step)
        while _is_chance(found[-3:], before):
            first, _, last = found[-3:]
            found[-3:] = [("replace", first[1], last[2], first[3], last[4])]
    return found


def _is_chance(three: Sequence[_Step], before: Sequence[str]) -> bool:
    """Whether the words of the middle step were kept by chance. A whole line never was: it can be an answer of a list."""
    if [one[0] for one in three] != ["replace", "equal", "replace"]:
        return False
    first, (_, start, end, _, _), last = three
    around = min(max(one[2] - one[1], one[4] - one[3]) for one in (first, last))
    return end - start <= min(_FEW, around - 1) and "\n" not in "".join(before[start:end])


def _part(name: str, before: Parts, after: Parts, standards: Standards) -> PartChange:
    old, new = before.get(name), after.get(name)
    fields = (*_answers(name, before, after, standards), *_days(name, old, new))
    how: Literal["new", "gone", "kept"] = "gone" if new is None else "new" if old is None else "kept"
    return PartChange(name, title_of(name, after if new else before, standards), how, fields)


def _answers(name: str, before: Parts, after: Parts, standards: Standards) -> Iterator[FieldChange]:
    asked = {one.key: one for one in questions_of(name, standards) if one.audience == "public"}
    was = before[name].answers if name in before else {}
    now = after[name].answers if name in after else {}
    scopes = scope_of(name, before, standards), scope_of(name, after, standards)
    for key in dict.fromkeys((*asked, *was, *now)):
        if not (was.get(key) or now.get(key)):
            continue
        question = asked.get(key)
        if question is None:  # a question that is no longer asked
            yield FieldChange(name, key, key, plain_words(was.get(key, "")), plain_words(now.get(key, "")))
        else:
            old, new = _both(question, (was.get(key, ""), now.get(key, "")), scopes)
            yield FieldChange(name, key, question.label, old, new, is_text=question.kind in _TEXTS)


def _both(question: Question, raw: tuple[Raw, Raw], scopes: tuple[Scope, Scope]) -> tuple[str, str]:
    """Both answers in words: other words when, and only when, the answers differ."""
    old, new = (answer_words(question, one, scope) for one, scope in zip(raw, scopes, strict=True))
    was, now = (_normal(question, one, scope) for one, scope in zip(raw, scopes, strict=True))
    if was == now:  # the same answer can have other words, such as the name of a location
        return new, new
    return (f"{old} ({plain_words(raw[0])})", f"{new} ({plain_words(raw[1])})") if old == new else (old, new)


def _normal(question: Question, raw: Raw, scope: Scope) -> Raw:
    if raw in ("", None, [], {}):
        return ""
    kind = KINDS[question.kind]
    try:
        return kind.dump(kind.parse(raw, question, scope))
    except InvalidValueError:
        return raw


def _days(name: str, old: FilePart | None, new: FilePart | None) -> Iterator[FieldChange]:
    for key, label in _DAYS.items():
        was, now = (_day(one, key) for one in (old, new))
        if was or now:
            yield FieldChange(name, key, label, was, now)


def _day(part: FilePart | None, key: str) -> str:
    day = part and (part.start if key == START else part.end)
    return long_date(day) if day else ""
