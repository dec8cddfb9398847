"""What tests of the forms engine share."""

from __future__ import annotations

import pytest

from tests.builders import ContentFolder
from wmo_guide.domain.kinds import Scope


@pytest.fixture(scope="session")
def scope(sample: ContentFolder) -> Scope:
    """A block with two axes, and arrangements; two locations."""
    return scope_of(sample, "post-en-papieren")


def scope_of(sample: ContentFolder, block: str) -> Scope:
    """The scope of a block of the sample."""
    standards = sample.standards()
    edition = standards.editions["2024"]
    places = (("boerderij", "Boerderij"), ("kantoor", "Kantoor"))
    return Scope(standards.region, edition, edition.by_slug[block][1], places)
