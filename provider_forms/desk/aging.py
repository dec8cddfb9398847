"""How old the confirmations of all offers are, as their files stand or will stand once the press has done what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk.job_lines import coming
from provider_forms.desk.ladder import Aged
from provider_forms.desk.taken_apart import read_file
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.domain.region import Region
from wmo_guide.store.reader import Reader


def aged_offers(session: Session, content: Path, today: date) -> tuple[Aged, ...]:
    """Every provider of every region but the examples, which never age. Files that can't be read are left out."""
    queued = coming(session, content)
    reader = Reader(content)
    found: list[Aged] = []
    for folder in sorted(content.glob("regions/*/")):
        slug = folder.name
        region = reader.record(Region, f"regions/{slug}/region.yaml")
        if region is not None:
            found += _of_region(reader, slug, region, queued, today)
    return tuple(found)


def _of_region(
    reader: Reader, slug: str, region: Region, queued: Mapping[str, str | None], today: date
) -> Iterator[Aged]:
    start = f"regions/{slug}/providers"
    names = {*reader.names(start, ".yaml"), *(path for path in queued if path.startswith(f"{start}/"))}
    for name in sorted(names):
        file = _file(reader, name, queued)
        if file is not None and not file.example:
            shown = str(file.organisation.get("name", "")) or name
            yield Aged(
                slug, name.rpartition("/")[2].removesuffix(".yaml"), shown, file.confirmed.on, region.freshness, today
            )


def _file(reader: Reader, name: str, queued: Mapping[str, str | None]) -> ProviderFile | None:
    if name not in queued:
        return reader.record(ProviderFile, name)
    text = queued[name]
    return None if text is None else read_file(text)
