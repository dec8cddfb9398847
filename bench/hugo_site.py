"""The same guide as a Hugo site: one data file, the same shells as layouts, our templates in Hugo's language.

Hugo gets the easier job: its data are answers made ready to show, with words of the field already marked and prose
already split into paragraphs; pages other than those of providers and of blocks in a municipality (under 3 % from
1,000 providers up) come with a finished body; and it checks no links, makes no search index and keeps no releases.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.generate import DAY
from wmo_guide.domain.dutch import long_date
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book, Offer
from wmo_guide.guide.frames import frame_of
from wmo_guide.guide.glossary import Explained, Glossary
from wmo_guide.guide.icons import icon
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.kinds.municipalities import municipality_blocks
from wmo_guide.guide.page import Page, PageKind
from wmo_guide.guide.portal import portal_frame, portal_pages
from wmo_guide.guide.printer import Printer
from wmo_guide.guide.prose import prose
from wmo_guide.guide.shells import Shell, make_shells
from wmo_guide.guide.shown import Fact, card_facts
from wmo_guide.guide.staff_prose import article_html
from wmo_guide.store.load import load

Record = dict[str, Any]
_PORTAL = "portal"
_OURS = ("provider", "municipality_block")
"""Page kinds that Hugo makes with a template; the others come with a finished body."""
_COST = "<h2>Wat kost het?</h2>"
_ASK = "<h2>Hoe vraagt u het aan?</h2>"
_FIRST = "<h2>Wat kunt u eerst proberen?</h2>"
_OTHERS = "<h2>In een andere gemeente</h2>"
_HOLES = (
    "{{ .Title }}",
    "{{ .Description }}",
    '{{ with .Params.canonical }}<link rel="canonical" href="{{ . }}">{{ end }}',
    "",
)


@dataclass(frozen=True)
class _Maker:
    """What it takes to make the data of one book's pages."""

    book: Book
    printer: Printer
    glossary: Glossary

    def pages(self) -> Iterator[Record]:
        """Data of every page of the book."""
        makers = {"provider": self._provider, "municipality_block": self._place_block}
        for kind in PAGE_KINDS:
            make = makers.get(kind.name)
            for page in kind.pages(self.book):
                params = make(page) if make else {"body": self.printer.body(kind.name, page)}
                yield _page(page, kind, self.book, params)

    def _provider(self, page: Page) -> Record:
        shown = page.context()
        explained = Explained(self.glossary)
        provider = shown["provider"]
        record = {
            "warn": shown["state"] == "warn",
            "summary": provider.text("summary"),
            "confirmed_by": provider.confirmed.by,
            "confirmed_on": long_date(provider.confirmed.on),
            "contact": _facts(shown["contact"], explained),
            "offers": [self._offer(offer, facts, explained) for offer, facts in shown["offers"]],
            "locations": [
                {"name": place.answers["name"], "facts": _facts(facts, explained)}
                for place, facts in shown["locations"]
            ],
            "about": prose(shown["description"], explained.mark),
            "municipalities": self.book.to.part("gemeenten"),
        }
        return {**record, "terms": [term.slug for term in sorted(explained.terms, key=lambda term: term.term.lower())]}

    def _offer(self, offer: Offer, facts: Iterable[Fact], explained: Explained) -> Record:
        return {
            "slug": offer.block.slug,
            "title": offer.block.plain_title,
            "summary": offer.offering.answers["summary"],
            "facts": _facts(facts, explained),
            "url": self.book.to.block(offer.block.slug),
        }

    def _place_block(self, page: Page) -> Record:
        shown = page.context()
        return {
            "block": shown["block"].slug,
            "place": shown["municipality"].slug,
            "pictogram": shown["block"].icon,
            "offers": [_card_key(offer) for offer in shown["offers"]],
            "others": [{"place": place.slug, "count": count} for place, count in shown["others"]],
        }

    def common(self) -> Record:
        """What pages have in common; finished fragments are cut out of our own pages."""
        book, to = self.book, self.book.to
        blocks = [block for _, block in book.blocks()]
        places = book.region.current_municipalities
        bodies = {page.url: self.printer.body("municipality_block", page) for page in self._samples()}
        first, any_place = blocks[0].slug, places[0].slug
        return {
            "common": {
                "about": to.part("over"),
                "cost": _cut(bodies[to.municipality_block(any_place, first)], _COST, "</section>"),
            },
            "cards": {_card_key(offer): self._card(offer) for offer in book.offers},
            "terms": {one.slug: {"term": one.term, "plain": one.plain} for one in book.standards.terms},
            "icons": {block.icon: icon(block.icon) for block in blocks},
            "blocks": {
                one.slug: {
                    "title": one.plain_title,
                    "summary": prose(one.summary),
                    "url": to.block(one.slug),
                    "facilities": _cut(bodies[to.municipality_block(any_place, one.slug)], _FIRST, _OTHERS),
                }
                for one in blocks
            },
            "places": {
                one.slug: {
                    "name": one.name,
                    "url": to.municipality(one.slug),
                    "desk": _cut(bodies[to.municipality_block(one.slug, first)], _ASK, "<p><a"),
                }
                for one in places
            },
        }

    def _samples(self) -> Iterator[Page]:
        """A page of each block, and one of each municipality."""
        first_block = next(self.book.blocks())[1].slug
        first_place = self.book.region.current_municipalities[0].slug
        for page in municipality_blocks(self.book):
            shown = page.context()
            if first_block == shown["block"].slug or first_place == shown["municipality"].slug:
                yield page

    def _card(self, offer: Offer) -> Record:
        return {
            "url": f"{self.book.to.provider(offer.provider.slug)}#{offer.block.slug}",
            "name": offer.provider.name,
            "summary": offer.offering.answers["summary"],
            "facts": _facts(card_facts(offer, self.book.standards), Explained(self.glossary)),
        }


def main() -> None:
    """Makes the Hugo site of a content folder with one region."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("folder", "content", "cache"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    loaded = load(options.content, (), options.cache)
    book = Book(loaded.catalogues[0], date.fromisoformat(DAY), Site())
    write_hugo_site(options.folder, book, Path(__file__).resolve().parent.parent, options.cache)


def write_hugo_site(folder: Path, book: Book, project: Path, cache_dir: Path) -> None:
    """Fills an empty folder with a Hugo site that has the same pages as this book's guide."""
    shutil.copytree(Path(__file__).parent / "hugo", folder, dirs_exist_ok=True)
    printer = Printer(book, project / "templates" / "guide", article_html(book.standards, cache_dir))
    maker = _Maker(book, printer, Glossary(book.standards.terms))
    portal = portal_frame(book.site, 0)
    shells = make_shells([*(frame_of(book, kind) for kind in PAGE_KINDS), portal], project / "mkdocs.yml", cache_dir)
    _write_layouts(folder / "layouts", {**shells.shells, _PORTAL: shells.shells[portal.key]}, book)
    pages = [*maker.pages(), *_portal(book, project)]
    for number, page in enumerate(pages):
        page["path"] = f"p{number}"
    data = {**maker.common(), "pages": pages}
    (folder / "data").mkdir()
    for name, part in data.items():
        (folder / "data" / f"{name}.json").write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
    for path, content in shells.assets.items():
        place = folder / "static" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _write_layouts(folder: Path, shells: Mapping[str, Shell], book: Book) -> None:
    for key, shell in shells.items():
        kind = key.removeprefix(f"{book.catalogue.slug}/")
        if kind != key or key == _PORTAL:
            partial = kind if kind in _OURS else "ready"
            holes = (*_HOLES, f'{{{{ partial "{partial}.html" . }}}}')
            text = shell.parts[0] + "".join(
                holes[slot] + part for slot, part in zip(shell.slots, shell.parts[1:], strict=True)
            )
            (folder / kind).mkdir(parents=True)
            (folder / kind / "page.html").write_text(text, encoding="utf-8")


def _page(page: Page, kind: PageKind, book: Book, params: Record) -> Record:
    known = {
        "canonical": book.site.canonical(page.url),
        "updated": str(page.updated),
        "updated_long": long_date(page.updated),
        "crumbs": [{"label": book.region.name, "url": book.to.home}, *(one._asdict() for one in page.crumbs)],
        "sources": [{"title": one.title, "url": one.url, "date": long_date(one.date)} for one in page.sources],
    }
    return {
        "kind": kind.name,
        "url": page.url,
        "title": page.title,
        "description": page.description,
        "params": {**known, **params},
    }


def _portal(book: Book, project: Path) -> Iterator[Record]:
    for page in portal_pages([book], book.site, project / "templates" / "guide"):
        params = {"canonical": book.site.canonical(page.address) if page.address else "", "body": page.body()}
        url = f"/{page.path.removesuffix('index.html')}"
        yield {
            "kind": _PORTAL,
            "url": url,
            "title": page.title,
            "description": page.description,
            "params": params,
        }


def _facts(facts: Iterable[Fact], explained: Explained) -> list[Record]:
    return [
        {
            "heading": fact.heading,
            "form": fact.shown.form,
            "texts": fact.shown.texts,
            "since": long_date(fact.since) if fact.since else "",
            "html": prose(fact.shown.texts[0], explained.mark) if fact.shown.form == "prose" else "",
        }
        for fact in facts
    ]


def _card_key(offer: Offer) -> str:
    return f"{offer.provider.slug}/{offer.block.slug}"


def _cut(html: str, start: str, end: str) -> str:
    return html.split(start, 1)[1].split(end, 1)[0]


if __name__ == "__main__":
    main()
