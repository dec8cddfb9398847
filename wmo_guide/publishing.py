"""From a content folder to a site that is online: load, check, print, switch. Used by every door that publishes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide.faults import Fault
from wmo_guide.guide.filling import GateError
from wmo_guide.guide.icons import is_icon
from wmo_guide.guide.origins import Complaint, complaints
from wmo_guide.guide.press import Result, print_site
from wmo_guide.guide.site_plan import Order
from wmo_guide.publication import Publication
from wmo_guide.store.load import Loaded, load
from wmo_guide.store.problem import Problem, why
from wmo_guide.store.tracing import heaviest, too_long, trace


class RefusedError(Exception):
    """Nothing was published; `problems` tells why, each with its place, in Dutch. The old site is as it was."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def order_of(publication: Publication, loaded: Loaded) -> Order:
    """What the press is to print."""
    return Order(
        catalogues=loaded.catalogues,
        site_dir=publication.site_dir,
        root=publication.root,
        cache_dir=publication.cache_dir,
        day=publication.day,
        site=publication.site,
        tell=publication.tell,
    )


def publish(publication: Publication) -> Result:
    """Prints the whole site into a new release and switches to it. Raises RefusedError."""
    publication.tell(f"Inhoud lezen uit {publication.content}")
    loaded = load(publication.content, publication.regions, publication.cache_dir, is_icon, publication.latest)
    if loaded.problems:
        raise RefusedError(tuple(f"{publication.content}/{problem}" for problem in loaded.problems))
    try:
        return print_site(order_of(publication, loaded))
    except GateError as error:
        raise RefusedError(told(publication, loaded.catalogues, error.faults)) from error
    except OSError as error:
        place = error.filename2 or error.filename or publication.site_dir
        raise RefusedError((f"{place}: schrijven lukt niet: {why(error)}.",)) from error


def told(publication: Publication, catalogues: Iterable[Catalogue], faults: Iterable[Fault]) -> tuple[str, ...]:
    """Faults of pages as problems of the content, in the order of the loader's; last those that no file is to blame for."""
    problems, strange = set(), set()
    for complaint in complaints(faults, catalogues, publication.day, publication.site):
        found = _problems(publication.content, complaint)
        problems |= found
        if not found:
            strange.add(str(complaint.fault))
    return (*(f"{publication.content}/{problem}" for problem in sorted(problems)), *sorted(strange))


def _problems(content: Path, complaint: Complaint) -> set[Problem]:
    if complaint.fault.kind == "weight":
        look = too_long if complaint.otherwise else heaviest
        found = set(look(content, complaint.files, complaint.message))
    else:
        found = set(trace(content, complaint.files, complaint.fits, complaint.message))
    if found:
        return found
    if complaint.otherwise:
        return _problems(content, complaint.otherwise)
    there = [file for file in complaint.files if (content / file).is_file()]
    return {Problem(file, 0, "", complaint.message) for file in (there or complaint.files)[:1]}
