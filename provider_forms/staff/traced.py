"""What the press found wrong, in the words of the desk: what it is about and the way there, with file and line behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provider_forms.desk import press_notice
from provider_forms.desk.content_edit import Files
from provider_forms.desk.publishing import changes_of
from provider_forms.desk.staff_models import PublishJob
from provider_forms.staff.content_where import Where, where
from provider_forms.web.desk import desk
from wmo_guide.store.problem import read_problem


@dataclass(frozen=True)
class Traced:
    """One problem."""

    message: str
    where: Where


@dataclass(frozen=True)
class Told:
    """What the press tells: sentences, problems, and for an administrator the lines with file and number."""

    words: tuple[str, ...]
    problems: tuple[Traced, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """What keeps the press from bringing the guide up to date."""

    astray: str
    """What the administrator has to do with git first; empty when it isn't that."""
    told: Told


def notice() -> Notice | None:
    """What keeps the press from bringing the guide up to date; None when nothing does."""
    found = press_notice.noted(desk().var)
    return Notice(found.astray, told(found.problems, Files(desk().content, {}))) if found else None


def told_of(job: PublishJob) -> Told:
    """Why a job failed. Its problems are those of the files as it makes them."""
    made = {one.path: one.text for one in changes_of(job)}
    return told(job.problem.splitlines(), Files(desk().content, made))


def told(lines: Iterable[str], files: Files) -> Told:
    """These lines of the press, about these files."""
    found = [(line, read_problem(line)) for line in lines]
    return Told(
        words=tuple(line for line, problem in found if problem is None),
        problems=tuple(Traced(one.message, where(files, one)) for _, one in found if one is not None),
        lines=tuple(line for line, problem in found if problem is not None),
    )
