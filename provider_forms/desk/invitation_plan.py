"""What inviting a list of organisations would do: which are new, which are known already, and what is wrong where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from provider_forms.desk.addresses import read_address
from provider_forms.desk.contracts import Agreed
from provider_forms.desk.directory import Known, fold, make_slug
from provider_forms.desk.invitation_list import COLUMNS, CellProblem, Row, Table
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.matrix import Edition
from wmo_guide.domain.region import Region
from wmo_guide.domain.values import one_line

_LONGEST_NAME = 200
_KVK = re.compile(r"[0-9]{8}")


@dataclass(frozen=True)
class Own:
    """An organisation as the desk and the guide know it."""

    slug: str
    name: str
    kvk: str
    mails: frozenset[str]
    """Who answer for it."""
    invited: frozenset[str]
    """Who have an invitation that still works."""
    is_at_desk: bool


@dataclass(frozen=True)
class Planned:
    """What a row comes to."""

    line: int
    slug: str
    name: str
    email: str
    agreed: Agreed
    is_new: bool
    """The desk has no such organisation yet."""
    mailed: bool
    """Whether an invitation goes out; not to who has one, or answers for the organisation already."""


@dataclass(frozen=True)
class Plan:
    """What a list comes to; with a problem that stops it nothing is done."""

    rows: tuple[Planned, ...]
    problems: tuple[CellProblem, ...]

    @property
    def stops(self) -> tuple[CellProblem, ...]:
        """What must be mended first."""
        return tuple(one for one in self.problems if one.stops)

    @property
    def remarks(self) -> tuple[CellProblem, ...]:
        """What is good to know."""
        return tuple(one for one in self.problems if not one.stops)


def owned(known: Mapping[str, Known], at_desk: Mapping[str, Own]) -> dict[str, Own]:
    """All organisations of a region by slug, of the desk and of the guide."""
    published = {
        slug: Own(slug, one.name, one.kvk, frozenset(), frozenset(), is_at_desk=False) for slug, one in known.items()
    }
    mine = {
        slug: Own(
            slug,
            one.name,
            one.kvk or (known[slug].kvk if slug in known else ""),
            one.mails,
            one.invited,
            is_at_desk=True,
        )
        for slug, one in at_desk.items()
    }
    return published | mine


def plan(table: Table, organisations: Mapping[str, Own], region: Region, edition: Edition | None) -> Plan:
    """What a list comes to."""
    planner = _Planner(organisations, _municipalities(region), _blocks(edition))
    planner.problems.extend(table.problems)
    rows = [planned for row in table.rows if (planned := planner.take(row))]
    return Plan(tuple(rows), tuple(sorted(planner.problems, key=lambda one: (one.line, one.column))))


@dataclass
class _Planner:
    organisations: Mapping[str, Own]
    municipalities: Mapping[str, str]
    blocks: Mapping[str, str]
    problems: list[CellProblem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    """On which line an organisation stood before."""

    def __post_init__(self) -> None:
        self.taken = set(self.organisations)
        self.by_kvk, self.by_name, self.by_mail = (defaultdict[str, list[Own]](list) for _ in range(3))
        for one in self.organisations.values():
            if one.kvk:
                self.by_kvk[one.kvk].append(one)
            self.by_name[fold(one.name)].append(one)
            for mail in one.mails | one.invited:
                self.by_mail[mail].append(one)

    def take(self, row: Row) -> Planned | None:
        before = len(self._stops())
        name = self._cell(row, "name", _name)
        email = self._cell(row, "email", read_address)
        kvk = self._cell(row, "kvk", _kvk) if row["kvk"] else ""
        agreed = Agreed(
            kvk or "",
            self._many(row, "municipalities", self.municipalities, "Deze gemeente kennen wij niet"),
            self._many(row, "blocks", self.blocks, "Deze bouwsteen kennen wij niet"),
        )
        if name is None or email is None or kvk is None:
            return None
        found = self._recognise(row, name, kvk, email)
        slug = found.slug if found else make_slug(name, self.taken)
        self._once(row, slug, name, kvk)
        if len(self._stops()) > before:
            return None
        self.taken.add(slug)
        known = found.mails | found.invited if found else frozenset()
        shown = found.name if found else name
        is_new = found is None or not found.is_at_desk
        return Planned(row.line, slug, shown, email, agreed, is_new, email not in known)

    def _once(self, row: Row, slug: str, name: str, kvk: str) -> None:
        """One organisation stands in a list once."""
        marks = [f"slug {slug}", f"name {fold(name)}", *([f"kvk {kvk}"] if kvk else [])]
        line = next((self.seen[mark] for mark in marks if mark in self.seen), None)
        if line is not None:
            self._tell(row, "name", f"Deze organisatie staat ook op regel {line}.")
        self.seen.update(dict.fromkeys(marks, row.line))

    def _recognise(self, row: Row, name: str, kvk: str, email: str) -> Own | None:
        """The organisation that is meant: by its KvK number, else by its name. A mail address alone is a remark."""
        numbered, named = self.by_kvk.get(kvk, []) if kvk else [], self.by_name.get(fold(name), [])
        if len(numbered) > 1 or (not numbered and len(named) > 1):
            both = " en ".join(one.name for one in (numbered or named)[:2])
            self._tell(
                row,
                "name",
                f"Dit kan meer dan één organisatie zijn: {both}. Nodig haar los uit, vanaf haar eigen pagina.",
            )
            return None
        if numbered:
            self._hold(row, numbered[0], named, name)
            return numbered[0]
        if named:
            if kvk and named[0].kvk and named[0].kvk != kvk:
                self._tell(
                    row, "kvk", f"{named[0].name} heeft bij ons een ander KvK-nummer: {named[0].kvk}. Controleer het."
                )
            return named[0]
        for other in self.by_mail.get(email, [])[:1]:
            self._tell(
                row,
                "email",
                f"Dit adres hoort ook bij {other.name}. Is het dezelfde organisatie? Gebruik dan dezelfde naam.",
                stops=False,
            )
        return None

    def _hold(self, row: Row, found: Own, named: list[Own], name: str) -> None:
        """An organisation known by its number may be called otherwise, but not as another one."""
        if named and found not in named:
            self._tell(
                row, "name", f"Dit KvK-nummer is van {found.name}, maar de naam is van {named[0].name}. Controleer het."
            )
        elif not named:
            self._tell(
                row, "name", f"Dit KvK-nummer is van {found.name}. Wij houden die naam, en niet “{name}”.", stops=False
            )

    def _cell(self, row: Row, column: str, parse: Callable[[str], str]) -> str | None:
        try:
            return parse(row[column])
        except InvalidValueError as error:
            self._tell(row, column, error.message)
            return None

    def _many(self, row: Row, column: str, known: Mapping[str, str], unknown: str) -> tuple[str, ...]:
        """The things that a cell names: with commas, semicolons, bars or line breaks between them."""
        found: dict[str, None] = {}
        for part in re.split(r"[;|\n]", row[column]):
            whole = known.get(_folded(part))
            for text in [part] if whole else part.split(","):
                slug = known.get(_folded(text))
                if slug:
                    found[slug] = None
                elif text.strip():
                    self._tell(row, column, f"{unknown}: “{text.strip()[:60]}”. Schrijf de naam zoals in de gids.")
        return tuple(found)

    def _tell(self, row: Row, column: str, message: str, *, stops: bool = True) -> None:
        self.problems.append(CellProblem(row.line, COLUMNS[column], message, stops))

    def _stops(self) -> list[CellProblem]:
        return [one for one in self.problems if one.stops]


def _name(text: str) -> str:
    name = one_line(text)
    if not name:
        raise InvalidValueError("Vul de naam van de organisatie in.")
    if len(name) > _LONGEST_NAME:
        raise InvalidValueError(f"Deze naam is langer dan {_LONGEST_NAME} tekens. Maak hem korter.")
    return name


def _kvk(text: str) -> str:
    number = re.sub(r"[\s.]", "", text)
    if not _KVK.fullmatch(number):
        raise InvalidValueError(
            "Dit KvK-nummer klopt niet. Het heeft acht cijfers. Een rekenblad haalt de 0 aan het begin soms weg."
        )
    return number


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _municipalities(region: Region) -> dict[str, str]:
    current = [one for one in region.municipalities if not one.ended]
    return {_folded(word): one.slug for one in current for word in (one.slug, one.name)}


def _blocks(edition: Edition | None) -> dict[str, str]:
    """Slugs by everything that a block may be called by; a code or title of two blocks means neither."""
    named: dict[str, set[str]] = defaultdict(set)
    for _, block in edition.blocks() if edition else ():
        for word in (block.slug, block.title, block.plain_title, block.code or ""):
            named[_folded(word)].add(block.slug)
    own = {slug: slug for slug in (edition.by_slug if edition else ())}
    return {word: next(iter(slugs)) for word, slugs in named.items() if word and len(slugs) == 1} | own
