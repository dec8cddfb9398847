"""Loads the catalogues of a content folder, with all problems of all files in one go."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.findings import Finding, InvalidValueError
from wmo_guide.domain.values import parse_slug
from wmo_guide.store.parts import Parts, read_parts
from wmo_guide.store.problem import Problem
from wmo_guide.store.providers import load_providers
from wmo_guide.store.reader import Reader, is_hidden, printable
from wmo_guide.store.region_checks import RegionChecks, check_sets
from wmo_guide.store.shared import load_shared
from wmo_guide.store.standards import standards_of

_TAKEN = ("aanbieder", "assets", "beheer", "formulieren", "melden")
"""First parts of addresses that belong to the site itself."""
_AT_HOME = ("README.md",)
"""Files in a content folder that are no content."""


@dataclass(frozen=True)
class Loaded:
    """What was read: a catalogue for each region, and every problem. Publish only when there are none."""

    catalogues: tuple[Catalogue, ...]
    problems: tuple[Problem, ...]


def load(
    root: Path,
    regions: Collection[str] = (),
    cache_dir: Path | None = None,
    is_icon: Callable[[str], bool] = lambda _: True,
    latest: date | None = None,
) -> Loaded:
    """Reads a content folder: all regions, or those named.

    Never raises for what stands in the files; problems come back in a stable order (file, line, key).
    With a cache folder, provider files that did not change are not parsed again. `is_icon` tells which pictograms exist.
    Whatever content says has happened, has happened on the day `latest` or before; without it, any day will do.
    """
    reader = Reader(root, is_icon, latest)
    names = _region_names(reader)
    for name in sorted(set(regions) - set(names)):
        message = f"Deze regio is er niet. Kies uit: {', '.join(names) or '(er is er geen)'}."
        reader.problems.append(Problem(f"regions/{name}", 0, "", message))
    if not names:
        reader.problems.append(Problem("regions", 0, "", "Hier staat nog geen regio. Maak regions/<naam>/region.yaml."))
    shared = load_shared(reader)
    parts = _read_all(reader, names, regions)
    wanted = [parts[name] for name in names if not regions or name in regions]
    for one in wanted:
        RegionChecks(reader, one, shared).run()
    check_sets(reader, shared, parts.values())
    _check_names(reader, wanted)
    catalogues = []
    for one in wanted:  # last of all, for what is wrong with the standards is no fault of a provider
        standards = standards_of(reader, one, shared)
        providers = load_providers(reader, one.slug, standards, cache_dir)
        if standards.doubt is None:
            catalogues.append(Catalogue(standards, providers))
    if not regions:
        reader.problems.extend(_strays(reader))
    return Loaded(tuple(catalogues), tuple(sorted(set(reader.problems))))


def _read_all(reader: Reader, names: Iterable[str], wanted: Collection[str]) -> dict[str, Parts]:
    """All regions. What is wrong with those that nobody asked for is not told."""
    aside = Reader(reader.root)
    return {name: read_parts(reader if not wanted or name in wanted else aside, name) for name in names}


def _check_names(reader: Reader, regions: Iterable[Parts]) -> None:
    """Readers choose a region by its name."""
    seen: dict[str, str] = {}
    for one in regions:
        if one.region and (other := seen.setdefault(one.region.name.casefold(), one.slug)) != one.slug:
            message = f'Zo heet ook de regio "{other}", dus een lezer kan ze niet uit elkaar houden. Verander er één.'
            reader.report(f"{one.folder}/region.yaml", [Finding(("name",), message)])


def _region_names(reader: Reader) -> list[str]:
    kept = []
    for path in sorted((reader.root / "regions").glob("*/")):
        try:
            name = _free(parse_slug(printable(path.name)))
        except InvalidValueError as error:
            file = f"regions/{printable(path.name)}"
            reader.problems.append(Problem(file, 0, "", f"De naam van deze map is niet goed. {error.message}"))
        else:
            if reader.stays_inside(f"regions/{name}"):
                kept.append(name)
    return kept


def _free(slug: str) -> str:
    if slug in _TAKEN:
        raise InvalidValueError(f'"{slug}" is een adres van de site zelf. Kies een andere naam.')
    return slug


def _strays(reader: Reader) -> Iterator[Problem]:
    """Files that nothing reads: mostly a folder or a name with a typing error."""
    told = tuple(f"{problem.file}/" for problem in reader.problems)
    for file, name in _files(reader.root):
        at_home = file in reader.claimed or file in _AT_HOME or is_hidden(name) or file.startswith(told)
        if not at_home and not any(one.startswith(f"{file}/") for one in reader.claimed):
            yield Problem(
                file,
                0,
                "",
                "Dit bestand hoort hier niet; niemand leest het. Kijk in content/README.md waar het moet staan.",
            )


def _files(root: Path) -> Iterator[tuple[str, str]]:
    """All files below a folder, and links to other folders: path in it, and name.

    What lies in hidden folders, such as git's, is none of ours.
    """
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not is_hidden(name)]
        inside = Path(folder).relative_to(root).as_posix()
        links = (name for name in folders if os.path.islink(f"{folder}/{name}"))  # noqa: PTH114  (as many as there are folders)
        for name in (*names, *links):
            file = name if inside == "." else f"{inside}/{name}"
            yield printable(file), name
