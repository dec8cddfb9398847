"""Everything that a reviewer needs to know of one submission, held against the guide as it is or is about to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk import reviews, submissions, upcoming
from provider_forms.desk.ahead import Ahead, ahead
from provider_forms.desk.differences import Kind, PartChange, compare, kinds_of
from provider_forms.desk.merging import Clash, Place, Side, Versions, clashes, guide_moved, merged, reworked
from provider_forms.desk.models import Submission
from provider_forms.desk.payload import check
from provider_forms.desk.taken_apart import read_file
from provider_forms.desk.upcoming import Upcoming, path_of
from wmo_guide.domain.findings import Finding
from wmo_guide.domain.provider import Provider, ProviderFile
from wmo_guide.domain.standards import Standards

_ABOUT: Mapping[Kind, str] = {
    "new": "nieuwe aanbieder",
    "changed": "gewijzigd",
    "more": "meer bouwstenen",
    "ended": "gestopt met een bouwsteen",
    "texts": "alleen teksten",
}


class UnreadableError(Exception):
    """What was sent can't be read as a provider's file any more."""


@dataclass(frozen=True)
class Dossier:
    """A submission with what it changes."""

    submission: Submission
    standards: Standards
    sent: ProviderFile
    """As the provider sent it."""
    text: str
    """With what staff rewrote in it."""
    file: ProviderFile
    """The same, read."""
    guide: Upcoming | None
    """The file in the guide; None when there is none."""
    base: ProviderFile | None
    """The file that the submission builds on; None when there was none, or when it is lost."""
    is_known: bool
    """Whether the submission builds on the file in the guide."""
    ahead: Ahead | None
    """What was approved already for a later day."""

    @property
    def is_new(self) -> bool:
        """Whether the guide doesn't have this provider."""
        return self.guide is None

    @property
    def is_broken(self) -> bool:
        """Whether the file in the guide can't be read, so that nothing can be held against it."""
        return self.guide is not None and self.guide.file is None

    @property
    def before(self) -> ProviderFile | None:
        """What the provider's changes are shown against."""
        return self.base or (self.guide.file if self.guide else None)

    @cached_property
    def parts(self) -> tuple[PartChange, ...]:
        """What changes."""
        return compare(self.before, self.file, self.standards)

    @cached_property
    def edits(self) -> tuple[PartChange, ...]:
        """What staff rewrote."""
        return tuple(one for one in compare(self.sent, self.file, self.standards) if one.changed)

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        """What kind of change it is."""
        return kinds_of(self.parts, is_new=self.is_new)

    @cached_property
    def versions(self) -> Versions | None:
        """The three versions, when the guide has got another one meanwhile."""
        if self.is_known or self.guide is None or self.guide.file is None:
            return None
        return Versions(self.base, self.file, self.guide.file)

    @cached_property
    def must_merge(self) -> bool:
        """Whether answers in the guide changed meanwhile, so that somebody has to choose."""
        return self.versions is not None and guide_moved(self.versions, self.standards)

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """The answers that differ from those in the guide."""
        return clashes(self.versions, self.standards) if self.versions else ()

    @cached_property
    def ahead_parts(self) -> tuple[PartChange, ...]:
        """What that changes in the guide."""
        after = read_file(self.ahead.text) if self.ahead else None
        return compare(self.guide.file if self.guide else None, after, self.standards) if after else ()

    @cached_property
    def seen(self) -> str:
        """A fingerprint of what is shown; deciding about something else than was seen is refused."""
        guide = {"guide": self.guide.digest if self.guide else "", "ahead": self.ahead.text if self.ahead else ""}
        return submissions.fingerprint(self.text, guide)

    def publication(
        self, chosen: Mapping[Place, Side] | None = None, publish_on: date | None = None
    ) -> reviews.Publication:
        """What an approval publishes; `chosen` are the sides chosen where the guide has another answer."""
        text = self.text
        if self.versions is not None and self.guide is not None:
            sides = {one.place: one.suggested or "guide" for one in self.clashes}
            text = merged(self.versions, {**sides, **(chosen or {})}, self.standards, self.guide.text)
        about = ", ".join(name for kind, name in _ABOUT.items() if kind in self.kinds) or "bevestigd"
        base, was = (self.guide.digest, self.guide.text) if self.guide else ("", None)
        return reviews.Publication(text, base, about, publish_on, was)

    def checked(self, text: str) -> tuple[Provider | None, tuple[Finding, ...]]:
        """The provider as the guide would show it, and everything that keeps it out of the guide."""
        return check(self.submission.organisation.slug, text, self.standards)


def dossier(session: Session, content: Path, submission: Submission, standards: Standards, today: date) -> Dossier:
    """The dossier of a submission. Raises UnreadableError."""
    edits = {name: one.answers for name, one in reviews.rework_of(session, submission.id).items()}
    text = reworked(submission.payload, edits, standards, today)
    sent, file = read_file(submission.payload), read_file(text)
    if sent is None or file is None:
        raise UnreadableError
    guide = upcoming.upcoming(session, content, submission.organisation)
    known = guide is None or upcoming.knows(session, submission, guide.digest)
    found = None if known else upcoming.base_text(session, content, submission)
    base = read_file(found) if found else None
    coming = ahead(session, content, path_of(submission.organisation), guide.text if guide else None, today)
    return Dossier(submission, standards, sent, text, file, guide, base, known, coming)
