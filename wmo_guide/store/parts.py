"""What a region's files hold, but its providers, each as far as it could be read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from wmo_guide.domain import checks
from wmo_guide.domain.chooser import Chooser
from wmo_guide.domain.editorial import Facilities, Faq, Situations, Terms
from wmo_guide.domain.matrix import Conversion, Edition
from wmo_guide.domain.postcodes import PostcodeArea
from wmo_guide.domain.region import Region
from wmo_guide.domain.standards import BASIS, EDITORIAL, Written
from wmo_guide.store.postcodes import load_postcodes
from wmo_guide.store.reader import Reader
from wmo_guide.store.salvage import Salvaged, salvage
from wmo_guide.store.shared import articles, optional, stem


@dataclass(frozen=True)
class Parts:
    """A region, file by file; None for what is not there or could not be read."""

    slug: str
    region: Region | None
    salvaged: Salvaged[Region] | None
    """What can be told of a region that could not be read."""
    editions: Mapping[str, Edition]
    conversions: Mapping[str, Conversion | None]
    facilities: Facilities | None
    situations: Situations | None
    faq: Faq | None
    terms: Terms | None
    chooser: Chooser | None
    articles: Mapping[str, Mapping[str, Written]]
    factsheet_slugs: frozenset[str]
    """All factsheets there are, right or wrong."""
    page_slugs: frozenset[str]
    edition_names: frozenset[str]
    facilities_unread: bool
    situations_unread: bool
    postcodes: tuple[PostcodeArea, ...]

    @property
    def folder(self) -> str:
        """Where the files lie."""
        return f"regions/{self.slug}"

    @property
    def chooser_file(self) -> str:
        """The file of the questions that help to choose."""
        return f"{self.folder}/chooser.yaml"

    @cached_property
    def sources(self) -> checks.Names:
        """Keys of the region's sources."""
        region = self._where_whole("sources")
        return checks.names(source.key for source in region.sources) if region else None

    @cached_property
    def municipalities(self) -> checks.Names:
        """Slugs of today's municipalities."""
        region = self._where_whole("municipalities")
        return checks.municipality_names(region) if region else None

    def edition_file(self, name: str) -> str:
        """The file of an edition."""
        return f"{self.folder}/matrix/{name}.yaml"

    def _where_whole(self, key: str) -> Region | None:
        """The region, if nothing is wrong with what it has under this key."""
        if self.region is None and self.salvaged is not None and key not in self.salvaged.lost:
            return self.salvaged.record
        return self.region


def read_parts(reader: Reader, slug: str) -> Parts:
    """Reads every file of a region, so that each tells its problems."""
    folder = f"regions/{slug}"
    home = f"{folder}/region.yaml"
    region = reader.record(Region, home)
    editions = {stem(file): reader.record(Edition, file) for file in reader.names(f"{folder}/matrix", ".yaml")}
    facilities = optional(reader, Facilities, f"{folder}/facilities.yaml")
    situations = optional(reader, Situations, f"{folder}/situations.yaml")
    names = {kind: reader.names(f"{folder}/{kind}", ".md") for kind in ("factsheets", "pages", "news")}
    return Parts(
        slug=slug,
        region=region,
        salvaged=salvage(Region, reader.tree(home), reader.wrong.get(home, [()])) if region is None else None,
        editions={name: one for name, one in editions.items() if one is not None},
        conversions={file: reader.record(Conversion, file) for file in reader.names(f"{folder}/conversion", ".yaml")},
        facilities=facilities,
        situations=situations,
        faq=optional(reader, Faq, f"{folder}/faq.yaml"),
        terms=optional(reader, Terms, f"{folder}/terms.yaml"),
        chooser=optional(reader, Chooser, f"{folder}/chooser.yaml"),
        articles={kind: articles(reader, found, scheduled=kind == "news") for kind, found in names.items()},
        factsheet_slugs=frozenset(map(stem, names["factsheets"])),
        page_slugs=frozenset(map(stem, names["pages"])),
        edition_names=frozenset(editions),
        facilities_unread=facilities is None and reader.exists(f"{folder}/facilities.yaml"),
        situations_unread=situations is None and reader.exists(f"{folder}/situations.yaml"),
        postcodes=load_postcodes(reader, f"{folder}/postcodes.csv"),
    )


def digests_of(reader: Reader, parts: Parts) -> dict[str, str]:
    """Fingerprints of what a region's standards were read from, the shared files and the region's own, by part."""
    files: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for file, digest in sorted(reader.digests.items()):
        if not file.startswith("regions/") or (file.startswith(f"{parts.folder}/") and "/providers/" not in file):
            files[_part_of(file)].append((file, digest))
    return {part: hashlib.blake2b(repr(some).encode(), digest_size=16).hexdigest() for part, some in files.items()}


def _part_of(file: str) -> str:
    """The part of the standards that a file tells: "shared/terms.yaml" and "regions/x/news/y.md" tell terms and news."""
    match PurePosixPath(file).parts:
        case ("shared", name, *_) | ("regions", _, name, *_) if (part := stem(name)) in EDITORIAL:
            return part
    return BASIS
