"""How an organisation's draft stands right now: its sheets, what is missing, and the file that it would make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from provider_forms.desk import drafts
from provider_forms.desk.completeness import END, Completeness, completeness
from provider_forms.desk.models import Organisation
from provider_forms.desk.outline import Outline, outline
from provider_forms.desk.payload import Assembled, Owner, assemble
from provider_forms.desk.quality import Meter, measure
from provider_forms.provider.draft import local
from provider_forms.web.content import Published, published, standards
from provider_forms.web.desk import desk, now
from provider_forms.web.forms import AnswerForm, make_form
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.provider import Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Standards


@dataclass(frozen=True)
class Standing:
    """An organisation's draft, held against its region's standards and its file in content/."""

    organisation: Organisation
    standards: Standards
    published: Published | None
    outline: Outline

    @cached_property
    def completeness(self) -> Completeness:
        """What is done and what is missing."""
        return completeness(self.outline, self.standards.quality)

    @cached_property
    def assembled(self) -> Assembled:
        """The file that the whole draft makes."""
        return self._assemble(self.outline)

    @cached_property
    def finished(self) -> Assembled:
        """The file that those parts make that are done: what a preview can show of a draft in progress."""
        done = frozenset(part.name for part in self.completeness.parts if part.status == "done")
        return self._assemble(self.outline.only(done))

    @cached_property
    def meter(self) -> Meter:
        """The quality meter."""
        return measure(self.outline, self.standards.quality, self.assembled.dates, today())

    def _assemble(self, draft: Outline) -> Assembled:
        return assemble(draft, owner_of(self.organisation, self.published), self.standards, read, today())


def standing(session: Session, organisation: Organisation) -> Standing:
    """How the draft of an organisation stands."""
    held = standards(organisation.region)
    drafted = {name: part.answers for name, part in drafts.parts(session, organisation.id).items()}
    return Standing(organisation, held, published(organisation.region, organisation.slug), outline(drafted, held, read))


def read(questions: Sequence[Question], scope: Scope, answers: Mapping[str, Raw]) -> AnswerForm:
    """A page's answers, read as its form reads them."""
    return make_form(questions, scope, None, answers, show_errors=True)


def owner_of(organisation: Organisation, found: Published | None) -> Owner:
    """Whose file it is, and the file as it stands."""
    return Owner(
        slug=organisation.slug,
        example=found.file.example if found else organisation.example,
        base=found.file if found else None,
        text=text_of(organisation) if found else "",
    )


def text_of(organisation: Organisation) -> str:
    """The text of the organisation's file in content/."""
    folder = desk().content / "regions" / organisation.region / "providers"
    return (folder / f"{organisation.slug}.yaml").read_text(encoding="utf-8")


def today() -> date:
    """The day on the wall."""
    return local(now()).date()


def part_url(name: str, target: str = "") -> str:
    """The page of a part; with a target: at that input, with what is wrong on the page told."""
    kind, _, rest = name.partition("/")
    more: dict[str, Any] = {"_anchor": target, "nakijken": "ja"} if target else {}
    if kind == "location":
        return url_for("provider.location", key=rest, **more)
    if kind == "offering":
        edition, _, block = rest.partition("/")
        page = "offering_end" if target == END else "offering"
        return url_for(f"provider.{page}", edition=edition, block=block, **more)
    return url_for(f"provider.{kind}", **more)
