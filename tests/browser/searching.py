"""The search page as a test uses it, and what it has to find, worked out from the content without its index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Dialog, Page, Request

from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.search.facets import PLACES, Facets
from wmo_guide.guide.search.topics import Topic, Topics
from wmo_guide.store.load import load

UNASKED = ("hulp", "voorziening", "gemeente", "aanbieder")
"""What is shown to who only filters and chooses no kind of page."""
_READ = """() => ({
  status: document.getElementById("zoekstatus").textContent,
  results: Array.from(document.querySelectorAll("#zoekresultaten > li h2 a"), (one) => one.pathname + one.hash),
  told: Array.from(document.querySelectorAll("#zoekresultaten > li .wg-updated"), (one) => one.textContent),
  counts: Object.fromEntries(Array.from(document.querySelectorAll("[data-count]"), (one) => {
    const input = one.closest("label").querySelector("input");
    return [input.name + "=" + input.value, one.firstChild.textContent];
  })),
})"""
_ASK = """(address) => {
  document.getElementById("zoekstatus").textContent = "";
  history.pushState(1, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
_ANSWERED = """() => {
  const text = document.getElementById("zoekstatus").textContent;
  return text && !text.startsWith("Bezig");
}"""

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Seen:
    """What the page shows."""

    status: str
    results: tuple[str, ...]
    """Path and # of each result."""
    told: tuple[str, ...]
    """The kind of each result, as the reader sees it."""
    counts: Mapping[str, int]
    """What each choice would give, where the page tells it: "group=value"."""


@dataclass(frozen=True)
class Searching:
    """A search page that is open."""

    page: Page
    address: str
    complaints: list[str]
    """What the browser complained of, and what was asked of other sites. A test that causes one takes it away."""

    def open(self, **asked: str | Sequence[str]) -> Seen:
        """Opens it afresh with a question, filters or both."""
        self.page.goto(f"{self.address}?{urlencode(asked, doseq=True)}")
        return self.answered()

    def ask(self, asked: Mapping[str, str | Sequence[str]]) -> Seen:
        """Goes to another question in the page that is open, as the back button would."""
        self.page.evaluate(_ASK, f"{self.address}?{urlencode(asked, doseq=True)}")
        return self.answered()

    def unfold(self, name: str) -> None:
        """Opens "Kies uw gemeente" or "Meer filters", or a group in the latter."""
        self.page.locator("#zoekformulier summary", has_text=name).click()

    def forget_status(self) -> None:
        """Takes away what the page told last, so that the next answer can be waited for."""
        self.page.evaluate("document.getElementById('zoekstatus').textContent = ''")

    @property
    def asked(self) -> str:
        """The address of the page, once it had time to write there what it answered."""
        told: str = self.page.evaluate("() => new Promise((done) => setTimeout(() => done(location.href)))")
        return told

    def answered(self) -> Seen:
        """What the page shows once it has answered."""
        self.page.wait_for_function(_ANSWERED)
        read: dict[str, Any] = self.page.evaluate(_READ)
        counts = {key: int(told.strip(" ()")) for key, told in read["counts"].items() if told}
        return Seen(read["status"], tuple(read["results"]), tuple(read["told"]), counts)


@dataclass(frozen=True)
class Thing:
    """Something that can be found: a topic, or what a provider offers of one block."""

    key: str
    """A topic's address, or a provider's slug."""
    has: Mapping[str, tuple[str, ...]]
    """What it has in each group of filters."""
    block: str = ""
    """Of an offer: its block."""
    topic: Topic | None = None


@dataclass(frozen=True)
class Oracle:
    """Everything that can be found in a book, and by each filter, one thing at a time."""

    book: Book

    @classmethod
    def of(cls, content: Path, region: str, day: date) -> Oracle:
        """The oracle of a region."""
        return cls(Book(next(one for one in load(content).catalogues if one.slug == region), day, Site()))

    @cached_property
    def facets(self) -> Facets:
        """The groups about offers."""
        return Facets.of(self.book)

    @cached_property
    def choices(self) -> dict[str, list[str]]:
        """All choices of each group."""
        blocks = list(self.book.blocks())
        own = {_name(facet.key): [one.value for one in facet.choices] for facet in self.facets.all}
        return {
            "soort": [*dict.fromkeys(one.kind for one in Topics.of(self.book).all), "aanbieder"],
            "gebied": list(dict.fromkeys(area.slug for area, _ in blocks)),
            "bouwsteen": [block.slug for _, block in blocks],
            **own,
        }

    @cached_property
    def at_most(self) -> frozenset[str]:
        """Groups in which a choice means "at most"."""
        return frozenset(facet.key for facet in self.facets.all if facet.most)

    @cached_property
    def topics(self) -> tuple[Thing, ...]:
        """All topics, in order."""
        return tuple(self._topic(one) for one in Topics.of(self.book).all)

    @cached_property
    def offers(self) -> tuple[Thing, ...]:
        """All offers, in the neutral order of the day."""
        return tuple(self._offers())

    def found(self, things: Sequence[Thing], filters: Filters) -> list[Thing]:
        """Those that pass all groups."""
        return [one for one in things if not self._failed(one, filters)]

    def counts(self, things: Sequence[Thing], filters: Filters) -> dict[str, int]:
        """For each choice, how many have it among those that pass all other groups."""
        told: dict[str, set[str]] = {
            f"{name}={value}": set() for name, values in self.choices.items() for value in values
        }
        for one in things:
            failed = self._failed(one, filters)
            for name in self.choices:
                if failed <= {name}:
                    for value in self._counted(name, one.has.get(name, ())):
                        told[f"{name}={value}"].add(one.key)
        return {key: len(keys) for key, keys in told.items()}

    def addresses(self, things: Sequence[Thing], filters: Filters) -> list[str]:
        """Where the results lead: topics first, then each provider to the first block in which it passes."""
        places = filters.get("gemeente", ())
        blocks = self.choices["bouwsteen"]
        told = [self._address(one.topic, places) for one in things if one.topic]
        first: dict[str, str] = {}
        for one in sorted((one for one in things if one.block), key=lambda one: blocks.index(one.block)):
            first.setdefault(one.key, one.block)
        turn = dict.fromkeys(one.key for one in things if one.block)
        return told + [f"{self.book.to.provider(slug)}#hulp-{first[slug]}" for slug in turn]

    def _address(self, topic: Topic, places: Sequence[str]) -> str:
        if topic.kind == "hulp" and len(places) == 1:
            return self.book.to.municipality_block(places[0], topic.blocks[0])
        return topic.url

    def _failed(self, one: Thing, filters: Filters) -> set[str]:
        return {
            name for name, chosen in filters.items() if chosen and not self._passes(name, one.has.get(name, ()), chosen)
        }

    def _passes(self, name: str, has: Sequence[str], chosen: Sequence[str]) -> bool:
        if name in self.at_most:
            return bool(has) and int(has[0]) <= max(map(int, chosen))
        return not set(has).isdisjoint(chosen)

    def _counted(self, name: str, has: Sequence[str]) -> Sequence[str]:
        if name in self.at_most:
            return [value for value in self.choices[name] if has and int(has[0]) <= int(value)]
        return has

    def _topic(self, one: Topic) -> Thing:
        areas = {block.slug: area.slug for area, block in self.book.blocks()}
        blocks = tuple(slug for slug in one.blocks if slug in areas)
        places = one.places or tuple(place.slug for place in self.book.municipalities)
        has = {
            "soort": (one.kind,),
            "bouwsteen": blocks,
            "gebied": tuple(dict.fromkeys(areas[slug] for slug in blocks)),
            "gemeente": places,
        }
        return Thing(one.url, has, topic=one)

    def _offers(self) -> Iterator[Thing]:
        for offer in self.book.offers:
            has = {"soort": ("aanbieder",), "bouwsteen": (offer.block.slug,), "gebied": (offer.area.slug,)}
            values = zip(self.facets.all, self.facets.values(offer), strict=True)
            own = {_name(facet.key): found for facet, found in values}
            yield Thing(offer.provider.slug, {**has, **own}, block=offer.block.slug)


def _name(key: str) -> str:
    """The name of a group in the address."""
    return "gemeente" if key == PLACES else key


def watch(page: Page, own: str, complaints: list[str]) -> None:
    """Notes what the browser complains of on a page, and each address of another site that the page asks for."""
    site = "/".join(own.split("/")[:3]) + "/"

    def dismiss(dialog: Dialog) -> None:
        complaints.append(dialog.message)
        dialog.dismiss()

    def note(request: Request) -> None:
        if not request.url.startswith((site, "data:")):
            complaints.append(request.url)

    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", dismiss)
    page.on("request", note)
