"""The region that a page of the desk is about: named in the address, else the first one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import abort, request

from provider_forms.desk.directory import Known, providers
from provider_forms.provider.draft import edition_in_force
from provider_forms.web.content import standards
from provider_forms.web.desk import desk
from provider_forms.web.desk_menu import regions
from wmo_guide.domain.matrix import Edition
from wmo_guide.domain.standards import Standards


@dataclass(frozen=True)
class Here:
    """A region with what stands in content/."""

    slug: str
    others: tuple[tuple[str, str], ...]
    """All regions by slug and name, when there are more."""

    @cached_property
    def standards(self) -> Standards:
        """Its standards. Raises ContentError when they can't be read."""
        return standards(self.slug)

    @cached_property
    def edition_name(self) -> str:
        """The edition in force; empty without one."""
        return edition_in_force(self.standards)

    @property
    def edition(self) -> Edition | None:
        """The edition in force."""
        return self.standards.editions.get(self.edition_name)

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """Its providers in the guide, by slug."""
        return providers(desk().content, self.slug, self.standards)

    def offered(self, slug: str) -> frozenset[str]:
        """The blocks of the edition in force that a provider offers in the guide."""
        found = self.known.get(slug)
        return (
            frozenset(block for edition, block in found.blocks if edition == self.edition_name)
            if found
            else frozenset()
        )


def here(slug: str = "") -> Here:
    """The region that is asked for."""
    known = tuple(regions())
    wanted = slug or request.values.get("regio") or next(iter(known), "")
    if wanted not in known:
        abort(404)
    return Here(wanted, tuple(map(_named, known)) if len(known) > 1 else ())


def _named(slug: str) -> tuple[str, str]:
    found = standards(slug, or_none=True)
    return slug, found.region.name if found else slug
