"""The words of providers, kept between builds: reading them again takes a second for thousands of providers.

What is kept of a provider holds only while its file, its offers that are shown, the words of the guide and the code are
what they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from wmo_guide.domain.provider import Provider
from wmo_guide.guide.code import running_code
from wmo_guide.guide.search.shards import Words
from wmo_guide.guide.search.terms import IN_NAME, IN_TEXT, Reader

_BETWEEN = "|"
"""Stands between the words of a name and those of texts; in no word."""


@dataclass(frozen=True)
class KeptWords:
    """Reads the words of providers, or remembers them."""

    reader: Reader
    path: Path | None

    @classmethod
    def of(cls, reader: Reader, cache_dir: Path | None) -> KeptWords:
        """Without a folder nothing is remembered."""
        return cls(reader, cache_dir / f"words-{reader.book.catalogue.slug}.json" if cache_dir else None)

    def all(self) -> Iterator[tuple[Provider, Words]]:
        """Every provider of the book with its words, in the order of the day; remembers them at the end."""
        basis = self._basis()
        kept, found = self._read(basis), {}
        for provider in self.reader.book.providers:
            key = self._key(provider)
            found[key] = kept.get(key) or _told(self.reader.terms(provider))
            yield provider, _words(found[key])
        if found != kept:
            self._write(basis, found)

    def _basis(self) -> str:
        told = f"{running_code()} {sorted(self.reader.known)} {sorted(self.reader.skipped)}"
        return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()

    def _key(self, provider: Provider) -> str:
        shown = self.reader.book.by_provider[provider.slug]
        return f"{provider.digest} {' '.join(offer.block.slug for offer in shown)}"

    def _read(self, basis: str) -> Mapping[str, str]:
        try:
            told = orjson.loads(self.path.read_bytes()) if self.path else {}
        except (OSError, ValueError):
            return {}
        whole = isinstance(told, dict) and told.get("basis") == basis and isinstance(told.get("words"), dict)
        return told["words"] if whole else {}

    def _write(self, basis: str, found: Mapping[str, str]) -> None:
        if self.path is None:
            return
        with suppress(OSError):  # a cache that can't be written is no matter
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_bytes(orjson.dumps({"basis": basis, "words": found}))
            fresh.replace(self.path)


def _told(words: Words) -> str:
    return _BETWEEN.join(
        " ".join(word for word, place in words.items() if place == where) for where in (IN_NAME, IN_TEXT)
    )


def _words(told: str) -> Words:
    named, written = told.split(_BETWEEN)
    return dict.fromkeys(written.split(), IN_TEXT) | dict.fromkeys(named.split(), IN_NAME)
