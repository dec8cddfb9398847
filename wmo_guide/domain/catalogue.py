"""All content of one region, immutable: what the guide and every export are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wmo_guide.domain.provider import Provider
from wmo_guide.domain.standards import Standards


@dataclass(frozen=True)
class Catalogue:
    """A region's standards and its providers, in the order of their slugs."""

    standards: Standards
    providers: tuple[Provider, ...]

    @property
    def slug(self) -> str:
        """Slug of the region."""
        return self.standards.slug

    @cached_property
    def provider_by_slug(self) -> dict[str, Provider]:
        """Providers by slug."""
        return {one.slug: one for one in self.providers}
