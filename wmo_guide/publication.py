"""What is to be published, and where. Light: who only wants to know that nothing changed need not load the press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wmo_guide.domain.clock import today
from wmo_guide.guide.addresses import Site

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder."""


@dataclass(frozen=True)
class Publication:
    """What to publish, and where."""

    content: Path = ROOT / "content"
    site_dir: Path = ROOT / "site"
    cache_dir: Path | None = ROOT / "var" / "cache"
    root: Path = ROOT
    """The folder with mkdocs.yml and templates/."""
    regions: tuple[str, ...] = ()
    """Only these regions; none = all."""
    day: date = field(default_factory=today)
    """The day of the guide."""
    today: date = field(default_factory=today)
    """The day on which it is made. A guide of a past day is made from what is known today."""
    site: Site = field(default_factory=Site)
    tell: Callable[[str], None] = field(default=lambda _: None)
    """Called with a line of progress."""

    @property
    def latest(self) -> date:
        """The last day on which what the content tells can have happened."""
        return max(self.day, self.today)
