"""What can be found but for providers: every page and place that staff wrote, with the words that lead there.

The file is small enough to be fetched whole, so a phone understands a question after one request. It depends on the
region's standards and the day, and on no provider.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wmo_guide.domain.search_words import SearchWords
from wmo_guide.domain.standards import Written
from wmo_guide.guide.book import Book
from wmo_guide.guide.search.alike import AlikeWords, names_of
from wmo_guide.guide.search.compounds import JOINT, Parts
from wmo_guide.guide.search.folder import numbering_of, short_digest
from wmo_guide.guide.search.lists import dumped
from wmo_guide.guide.search.villages import MOST_VILLAGES, with_villages
from wmo_guide.guide.search.words import plain, stem, words_of

KINDS = (
    ("hulp", "Hulp"),
    ("situatie", "Situatie"),
    ("factsheet", "Factsheet"),
    ("voorziening", "Voor iedereen open"),
    ("uitleg", "Uitleg"),
    ("gemeente", "Gemeente"),
    ("vraag", "Vraag en antwoord"),
    ("woord", "Woord uitgelegd"),
    ("nieuws", "Nieuws"),
    ("aanbieder", "Aanbieder"),
)
"""Kinds of results: name in addresses, and what the reader sees."""
_PLACE = {key: index for index, (key, _) in enumerate(KINDS)}
_LONGEST_SUMMARY = 160


@dataclass(frozen=True)
class Topic:
    """One page or place on a page that can be found."""

    kind: str
    url: str
    title: str
    summary: str = ""
    """Shown below the title."""
    words: tuple[str, ...] = ()
    """Words and phrases by which people look for it, besides its title."""
    blocks: tuple[str, ...] = ()
    """Slugs of the building blocks that it is about."""
    places: tuple[str, ...] = ()
    """Slugs of the municipalities that it is for; none = all."""


@dataclass(frozen=True)
class Topics:
    """All topics of a book."""

    book: Book
    known: SearchWords | None

    @classmethod
    def of(cls, book: Book) -> Topics:
        """The topics of a book."""
        return cls(book, book.standards.search_words)

    @cached_property
    def all(self) -> tuple[Topic, ...]:
        """Every topic, most general first."""
        return tuple(_topics(self.book))

    @cached_property
    def parts(self) -> Parts:
        """The words that longer words of this region are made of."""
        texts = (text for topic in self.all for text in (topic.title, *topic.words))
        told = (plain(word) for word in (self.known.parts if self.known else ()))
        return Parts.of(told, {word for text in texts for word in words_of(text)} - self.skipped)

    @cached_property
    def skipped(self) -> frozenset[str]:
        """Plain words that tell nothing."""
        return frozenset(map(plain, self.known.skipped)) if self.known else frozenset()

    def dumped(self) -> bytes:
        """The file that the search page reads first."""
        blocks = {block.slug: index for index, (_, block) in enumerate(self.book.blocks())}
        places = {one.slug: index for index, one in enumerate(self.book.municipalities)}
        areas = {area.slug: area for area, _ in self.book.blocks()}
        told = {
            "skipped": " ".join(sorted(self.skipped)),
            "alike": names_of(self.word_files),
            "urgent": [plain(one) for one in self.known.urgent] if self.known else [],
            "numbering": numbering_of(self.book),
            "texts": self.summaries_path,
            "kinds": KINDS,
            "places": [_named(one.slug, one.name) for one in self.book.municipalities],
            "blocks": [
                (block.slug, block.plain_title, list(areas).index(area.slug)) for area, block in self.book.blocks()
            ],
            "areas": list(areas),
            "topics": [self._row(topic, blocks, places) for topic in self.all],
        }
        return dumped(told)

    @cached_property
    def alike(self) -> AlikeWords:
        """Words that say the same as others."""
        return AlikeWords.of(self.known.alike, self.stems, self.known.elsewhere) if self.known else AlikeWords({})

    @cached_property
    def word_files(self) -> dict[str, bytes]:
        """Words that say the same as others, and places where they are many, by the first letters of a word."""
        return with_villages(self.alike.files, self._villages)

    @cached_property
    def _villages(self) -> dict[str, tuple[str, ...]]:
        """Places by municipality of today where they are too many for the first file; else none."""
        found = {one.places[0]: tuple(self._phrases(one)) for one in self.all if self._is_known(one)}
        return found if sum(map(len, found.values())) > MOST_VILLAGES else {}

    def _is_known(self, topic: Topic) -> bool:
        """Whether the page finds address and title by itself: of a municipality of today. A country has hundreds."""
        return topic.kind == "gemeente" and topic.url == self.book.to.municipality(topic.places[0])

    @cached_property
    def summaries(self) -> bytes:
        """A line on each topic, in the same order: fetched after the first results are on the screen."""
        return dumped([topic.summary for topic in self.all])

    @property
    def summaries_path(self) -> str:
        """Their file; lines of another day never stand below topics of this one."""
        return f"teksten-{short_digest(self.summaries)}.json"

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all words of all topics, and of the parts of long ones."""
        texts = (text for topic in self.all for text in (topic.title, *topic.words))
        words = {word for text in texts for word in words_of(text)}
        return frozenset(stem(one) for word in words for one in (word, *self._apart(word)))

    def _row(self, topic: Topic, blocks: dict[str, int], places: dict[str, int]) -> list[Any] | int:
        """What the page reads of a topic; of a municipality with nothing but a name only its number."""
        is_known = self._is_known(topic)
        phrases = () if is_known and self._villages else tuple(self._phrases(topic))
        if is_known and not phrases and topic.places[0] in places:
            return places[topic.places[0]]
        row = [
            _PLACE[topic.kind],
            "" if is_known else topic.url.removeprefix(self.book.to.home),
            "" if is_known else topic.title,
            "|".join(phrases),
            [blocks[slug] for slug in topic.blocks if slug in blocks],
            [places[slug] for slug in topic.places if slug in places],
        ]
        while row and row[-1] in ("", []):
            row.pop()
        return row

    def _phrases(self, topic: Topic) -> Iterator[str]:
        """Its phrases as they are compared, but for those that say no more than its title or one before them."""
        seen = {self._stems(topic.title)}
        for text in topic.words:
            stems = self._stems(text)
            if stems and stems not in seen:
                seen.add(stems)
                yield self._phrase(text)

    def _stems(self, text: str) -> frozenset[str]:
        words = words_of(text)
        return frozenset(map(stem, [word for word in words if word not in self.skipped] or words))

    def _phrase(self, text: str) -> str:
        """A phrase as it is compared: plain words, long ones with their joints marked, and none that tell nothing."""
        words = words_of(text)
        telling = [word for word in words if word not in self.skipped]
        return " ".join(JOINT.join(self._apart(word)) for word in (telling or words))

    def _apart(self, word: str) -> tuple[str, ...]:
        """Only parts that make the word again, for the page puts them together."""
        parts = self.parts.apart(word)
        if len(parts) == 1:
            return parts
        return word[: len(word) - len(parts[-1])], parts[-1]


def _named(slug: str, name: str) -> str | tuple[str, str]:
    """A municipality by its name alone where its slug follows from that."""
    return name if "-".join(words_of(name)) == slug else (slug, name)


def _topics(book: Book) -> Iterator[Topic]:
    yield from _blocks(book)
    yield from _situations(book)
    yield from _facilities(book)
    yield from _articles(book)
    yield from _places(book)
    yield from _words(book)


def _blocks(book: Book) -> Iterator[Topic]:
    for _, block in book.blocks():
        words = (block.title, *block.everyday_words)
        url = book.to.block(block.slug)
        yield Topic("hulp", url, block.plain_title, _short(block.summary), words, (block.slug,))


def _situations(book: Book) -> Iterator[Topic]:
    for one in book.standards.situations:
        url = book.to.situation(one.slug)
        yield Topic("situatie", url, one.title, _short(one.summary), one.everyday_words, one.blocks)


def _facilities(book: Book) -> Iterator[Topic]:
    blocks = [block for _, block in book.blocks()]
    for one in book.standards.facilities.facilities:
        first = tuple(block.slug for block in blocks if one.slug in block.try_first)
        url = book.to.facility(one.slug)
        yield Topic("voorziening", url, one.name, _short(one.summary), one.everyday_words, first, one.municipalities)


def _articles(book: Book) -> Iterator[Topic]:
    standards, to = book.standards, book.to
    for sheet in standards.factsheets:
        yield _article("factsheet", to.factsheet(sheet.slug), sheet)
    for page in standards.pages:
        yield _article("uitleg", to.part(page.head.under, page.slug) if page.head.under else to.part(page.slug), page)
    for item in book.news:
        yield _article("nieuws", to.news(item.slug), item)


def _article(kind: str, url: str, written: Written) -> Topic:
    head = written.head
    return Topic(kind, url, head.title, _short(head.description), head.everyday_words)


def _places(book: Book) -> Iterator[Topic]:
    for one in book.region.municipalities:
        places = (one.successor,) if one.successor else (one.slug,)
        url = book.to.municipality(one.slug)
        yield Topic("gemeente", url, one.name, f"Hulp in de gemeente {one.name}", one.places, places=places)


def _words(book: Book) -> Iterator[Topic]:
    for question in book.standards.faq.questions:
        yield Topic("vraag", book.to.answer(question.key), question.question, "", question.everyday_words)
    for term in book.standards.terms:
        yield Topic("woord", book.to.term(term.slug), term.term, _short(term.plain), term.forms)


def _short(text: str) -> str:
    """A text on one line, cut off at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SUMMARY else f"{line[:_LONGEST_SUMMARY].rsplit(' ', 1)[0]}…"
