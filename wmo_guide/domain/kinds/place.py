"""Kinds whose answer is a place: municipalities of the region, locations of the provider."""

from __future__ import annotations

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds.base import (
    Choice,
    Filter,
    Kind,
    Scope,
    Shown,
    as_list,
    as_text,
    chosen,
    dump_list,
    dump_text,
    unknown,
)
from wmo_guide.domain.provider import Answer, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.region import Region


def _refuse_ended(slug: str, region: Region, index: int | None = None) -> None:
    if slug in region.current_by_slug:
        return
    for one in region.municipalities:
        if one.slug == slug and one.ended:
            raise InvalidValueError(
                f'"{slug}" is geen gemeente meer sinds {one.until}. Gebruik "{one.successor}".',
                () if index is None else (index,),
            )


def _parse_municipality(raw: Raw, _question: Question, scope: Scope) -> Answer:
    slug = as_text(raw)
    _refuse_ended(slug, scope.region)
    if slug not in scope.region.current_by_slug:
        raise InvalidValueError(unknown(slug, scope.region.current_by_slug, "gemeente van deze regio"))
    return slug


def _show_municipality(value: Answer, _question: Question, scope: Scope) -> Shown:
    return Shown("line", (scope.region.municipality(str(value)).name,))


def _parse_municipalities(raw: Raw, _question: Question, scope: Scope) -> Answer:
    for index, slug in enumerate(as_list(raw)):
        _refuse_ended(slug, scope.region, index)
    return chosen(raw, scope.region.current_by_slug, "gemeente van deze regio")


def _show_municipalities(value: Answer, _question: Question, scope: Scope) -> Shown:
    return Shown("list", tuple(scope.region.municipality(slug).name for slug in dump_list(value)))


def _parse_locations(raw: Raw, _question: Question, scope: Scope) -> Answer:
    return chosen(raw, tuple(dict(scope.locations)), "locatie van deze aanbieder")


def _show_locations(value: Answer, _question: Question, scope: Scope) -> Shown:
    names = dict(scope.locations)
    return Shown("list", tuple(names[key] for key in dump_list(value)))


def _today(_question: Question, scope: Scope) -> tuple[Choice, ...]:
    return tuple(Choice(one.slug, one.name) for one in scope.region.current_municipalities)


_WHERE = Filter(_today, lambda value: tuple(dump_list(value)))
MUNICIPALITY = Kind(_parse_municipality, dump_text, _show_municipality, _WHERE)
MUNICIPALITIES = Kind(_parse_municipalities, dump_list, _show_municipalities, _WHERE)
LOCATIONS = Kind(_parse_locations, dump_list, _show_locations)
