"""Drafts for tests: the answers of a provider of the sample, filled in as its manager would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from provider_forms.desk import drafts, people
from provider_forms.desk.outline import Outline, outline, parts_of
from provider_forms.desk.payload import Assembled, Owner, assemble
from provider_forms.provider.standing import read
from tests.builders import HOME, ContentFolder
from tests.provider_forms.visiting import MANAGER, SLUG, Forms
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.store.yaml_text import read_tree

EDITION = "2024"
TODAY = date(2026, 1, 15)
OFFERING = f"offering/{EDITION}/post-en-papieren"
PRIVATE = {"staff_contact": "Marieke, 012 345 67 99"}
Parts = dict[str, dict[str, Any]]


def file_of(content: ContentFolder, slug: str = SLUG) -> ProviderFile:
    """A provider's file of the sample."""
    return ProviderFile.model_validate(read_tree(content.text(f"{HOME}/providers/{slug}.yaml")))


def full_parts(content: ContentFolder, slug: str = SLUG) -> Parts:
    """The parts of a complete draft: the file's answers and those for staff."""
    parts: Parts = parts_of(file_of(content, slug), EDITION)
    parts["organisation"] |= PRIVATE
    return parts


def outline_of(content: ContentFolder, parts: Mapping[str, Mapping[str, Any]]) -> Outline:
    """The outline of a draft of the sample's region."""
    return outline(parts, content.standards(), read)


def assembled(content: ContentFolder, parts: Parts, owner: Owner | None = None, today: date = TODAY) -> Assembled:
    """The file that a draft makes, on top of the sample's file."""
    standards = content.standards()
    return assemble(outline(parts, standards, read), owner or owner_in(content), standards, read, today)


def owner_in(content: ContentFolder, slug: str = SLUG) -> Owner:
    """The owner of a file of the sample."""
    return Owner(slug, False, file_of(content, slug), content.text(f"{HOME}/providers/{slug}.yaml"))


NOBODY = Owner("nieuw", example=False, base=None, text="")
"""An organisation without a file."""


def fill(forms: Forms, organisation_id: int, parts: Mapping[str, Mapping[str, Any]], email: str = MANAGER) -> None:
    """Stores the parts of a draft, each as a next version."""
    with forms.desk.database.write() as db:
        person = people.person(db, email, forms.clock())
        by = drafts.By(organisation_id, person.id, forms.clock())
        for name, answers in parts.items():
            before = drafts.part(db, organisation_id, name)
            done = drafts.save(db, by, drafts.Edit(name, answers, before.version if before else 0))
            assert isinstance(done, drafts.Saved)
