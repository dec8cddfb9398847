"""Where everything stands in the guide. The one place that knows how an address is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

REPORT = "/melden?pagina="
"""Where readers tell what is wrong with a page, before its path. The desk answers there (provider_forms/public/report.py)."""


def report_of(page: str) -> str:
    """Where readers tell what is wrong with the page of this path."""
    return f"{REPORT}{quote(page)}"


@dataclass(frozen=True)
class Site:
    """The whole site: the path it stands under, and its public address."""

    root: str = "/"
    """Path under which the site stands, with slashes at both ends."""
    url: str = "https://wmo-gids.example.nl"
    """Scheme and host, without a slash at the end."""

    def canonical(self, address: str) -> str:
        """The full public address of a page, given its path."""
        return f"{self.url}{address}"


@dataclass(frozen=True)
class Addresses:
    """Paths of one region's pages."""

    site: Site
    region: str

    @cached_property
    def home(self) -> str:
        """The region's home page."""
        return f"{self.site.root}{self.region}/"

    def part(self, *parts: str) -> str:
        """A page by the parts of its path below the region's home."""
        return self.home + "/".join((*parts, ""))

    def situation(self, slug: str) -> str:
        """A situation."""
        return self.part("situaties", slug)

    def chooser(self, *answers: str) -> str:
        """Where the questions that help to choose stand, after these answers."""
        return self.part("hulpwijzer", *answers)

    def block(self, slug: str) -> str:
        """A building block of the edition that the guide is about."""
        return self.part("hulp", slug)

    def municipality(self, slug: str) -> str:
        """A municipality."""
        return self.part("gemeenten", slug)

    def municipality_block(self, municipality: str, block: str) -> str:
        """One block in one municipality."""
        return self.part("gemeenten", municipality, block)

    def provider(self, slug: str) -> str:
        """A provider."""
        return self.part("aanbieders", slug)

    def factsheet(self, slug: str) -> str:
        """A factsheet."""
        return self.part("factsheets", slug)

    def paper(self, *slug: str) -> str:
        """A format for professionals; without a name, the page of all."""
        return self.part("professionals", "formulieren", *slug)

    def facility(self, slug: str) -> str:
        """A general provision, on the page with all of them."""
        return f"{self.part('voorzieningen')}#{slug}"

    def term(self, slug: str) -> str:
        """A word, on the word list."""
        return f"{self.part('woordenlijst')}#{slug}"

    def answer(self, key: str) -> str:
        """A frequent question, on the page with all of them."""
        return f"{self.part('vragen')}#{key}"

    def edition(self, name: str) -> str:
        """An edition of the matrix."""
        return self.part("matrix", name)

    def news(self, slug: str) -> str:
        """A news item."""
        return self.part("nieuws", slug)
