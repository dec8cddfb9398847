"""A region's municipalities held against the list of all municipalities."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.checks.common import twice, unknown
from wmo_guide.domain.division import Division
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.region import Municipality, Region


def check_division(division: Division) -> Iterator[Finding]:
    """No code stands twice in the list."""
    yield from twice((one.code for one in division.municipalities), "municipalities", name="code")


def check_municipalities(region: Region, division: Division) -> Iterator[Finding]:
    """Each municipality of today has its code and province as in the list; one that ended has a province that exists."""
    for index, one in enumerate(region.municipalities):
        path = ("municipalities", index)
        listed = division.by_code.get(one.code)
        if listed is None and not one.ended:
            yield Finding((*path, "code"), _no_such_code(one, division))
        elif not one.ended and division.by_name.get(one.name, listed) != listed:
            message = f'Code {one.code} is van een andere gemeente. Van "{one.name}" is het {division.by_name[one.name].code}.'
            yield Finding((*path, "code"), message)
        elif listed is not None and not one.ended and one.province != listed.province:
            yield Finding((*path, "province"), f'Deze gemeente ligt in de provincie "{listed.province}". Verbeter het.')
        elif one.province not in division.provinces:
            yield _unknown_province(one, division, (*path, "province"))


def _no_such_code(one: Municipality, division: Division) -> str:
    named = division.by_name.get(one.name)
    if named is not None:
        return f'Code {one.code} staat niet in de lijst van het CBS. Van "{one.name}" is het {named.code}.'
    return (
        f"Code {one.code} staat niet in de lijst van het CBS ({long_date(division.day)}, shared/municipalities.yaml). "
        "Verbeter de code. Bestaat de gemeente niet meer? Vul dan until en successor in."
    )


def _unknown_province(one: Municipality, division: Division, path: KeyPath) -> Finding:
    return unknown(one.province, division.provinces, "provincie", path)
