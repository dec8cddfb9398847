"""Where a page for content is: which kind, of which region, which item, and what that can refer to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import abort

from provider_forms.desk.content_edit import Files, Spot, files_now, items, regions
from provider_forms.desk.content_form import Choices
from provider_forms.desk.content_kinds import KINDS, SHARED, ContentKind, Item
from provider_forms.desk.content_words import KindWords, words
from provider_forms.web.content import standards
from provider_forms.web.desk import desk, now
from wmo_guide.domain.clock import parse_date
from wmo_guide.domain.dutch import euros, long_date
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.questions import Option
from wmo_guide.domain.region import Region
from wmo_guide.guide.icons import is_icon

_LISTS = {
    "sources": "bronnen",
    "facilities": "voorzieningen",
    "factsheets": "factsheets",
    "subjects": "onderwerpen",
    "terms": "woorden",
    "pages": "paginas",
}
"""What a field can refer to that is a kind of content itself, by the word `choose` of the field."""
_WITH_ICONS = tuple(kind.key for kind in KINDS.values() if "icon" in kind.model.model_fields)
_HERE = ZoneInfo("Europe/Amsterdam")
_SHARED_TITLE = "Alle regio's samen"


@dataclass(frozen=True)
class Shelf:
    """All items of a kind in a region, as they are after what waits for the press."""

    spot: Spot
    files: Files

    @property
    def kind(self) -> ContentKind:
        """What the items are."""
        return self.spot.kind

    @property
    def words(self) -> KindWords:
        """What they are called."""
        return words().kinds[self.kind.key]

    @cached_property
    def items(self) -> dict[str, Item]:
        """The items by name."""
        return items(self.files, self.spot)

    @property
    def region_title(self) -> str:
        """The region as staff know it."""
        return region_title(self.spot.region)

    @cached_property
    def region(self) -> Region:
        """The region that answers are held against; for what is shared any of them."""
        slug = self.spot.region if self.spot.region != SHARED else regions(desk().content)[0]
        return standards(slug).region

    @property
    def scope(self) -> Scope:
        """What answers may refer to."""
        return Scope(self.region)

    @cached_property
    def icons(self) -> tuple[str, ...]:
        """The pictograms that the guide uses already, by name."""
        found = {str(item["icon"]) for key in _WITH_ICONS for item in self._items(key).values() if item.get("icon")}
        return tuple(sorted(one for one in found if is_icon(one)))

    def _items(self, key: str) -> dict[str, Item]:
        kind = KINDS[key]
        return items(self.files, Spot(kind, self.spot.region)) if kind.shared or self.spot.region != SHARED else {}

    def choices(self, but: str = "") -> Choices:
        """What an item can refer to; not itself. What is of another kind may well have the same name."""
        found = {
            **{name: self._options(key, SHARED) for name, key in _LISTS.items()},
            "municipalities": self._municipalities(),
            "blocks": self._blocks(),
        }
        itself = {(name, but) for name, key in _LISTS.items() if key == self.kind.key}
        return {name: tuple(one for one in options if (name, one.key) not in itself) for name, options in found.items()}

    def _options(self, key: str, *more: str) -> tuple[Option, ...]:
        """The items of another kind in this region, and in what is shared."""
        kind, seen = KINDS[key], dict[str, Option]()
        for region in (self.spot.region, *more):
            if region == SHARED and not kind.shared:
                continue
            for ref, item in items(self.files, Spot(kind, region)).items():
                seen.setdefault(ref, Option(key=ref, label=title_of(kind, item) or ref))
        return tuple(seen.values())

    def _municipalities(self) -> tuple[Option, ...]:
        if self.spot.region == SHARED:
            return ()
        return tuple(Option(key=one.slug, label=one.name) for one in self.region.current_municipalities)

    def _blocks(self) -> tuple[Option, ...]:
        if self.spot.region == SHARED:
            return ()
        open_ones = [one for one in standards(self.spot.region).editions.values() if one.open]
        blocks = {block.slug: block for one in open_ones for _, block in one.blocks()}
        return tuple(Option(key=one.slug, label=one.plain_title) for one in blocks.values())


def shelf(region: str, kind: str) -> Shelf:
    """The shelf that an address names; a page "not found" when there is none."""
    found = KINDS.get(kind)
    if found is None or region not in regions(desk().content) or (region == SHARED and not found.shared):
        abort(404)
    with desk().database.read() as db:
        return Shelf(Spot(found, region), files_now(db, desk().content, today()))


def region_title(region: str) -> str:
    """The name of a region, or what stands for all of them."""
    found = None if region == SHARED else standards(region, or_none=True)
    return found.region.name if found else _SHARED_TITLE if region == SHARED else region


def title_of(kind: ContentKind, item: Item) -> str:
    """What an item is called in a list."""
    told = _TITLES.get(kind.key)
    return told(item) if told else str(item.get(kind.named_after, ""))


def today() -> date:
    """The day where the guide is read."""
    return now().astimezone(_HERE).date()


def _contact(item: Item) -> str:
    """Desks of several municipalities may have the same name."""
    return ", ".join(str(one) for one in (item.get("name"), item.get("municipality")) if one)


def _rate(item: Item) -> str:
    """As a reader writes it, but for what can't be an amount or a day: that stays to be seen, and to be mended."""
    amount, start = str(item.get("amount", "")), str(item.get("start", ""))
    try:
        return f"{euros(Decimal(amount))} vanaf {long_date(parse_date(start))}"
    except (InvalidOperation, InvalidValueError):
        return f"{amount} vanaf {start}"


_TITLES: dict[str, Callable[[Item], str]] = {"contacten": _contact, "bijdrage": _rate}
