"""The providers that stand in content/, by the little that is needed to know an organisation again."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.standards import Standards
from wmo_guide.domain.values import parse_slug
from wmo_guide.store.yaml_text import YamlTextError, decode, read_tree

_LONGEST_SLUG = 60
_LEGAL = frozenset(
    {"stichting", "vereniging", "cooperatie", "bv", "nv", "vof", "ua", "b", "v", "n", "o", "f", "u", "a"}
)
_LOCK = Lock()


@dataclass(frozen=True)
class Known:
    """A provider of content/."""

    slug: str
    name: str
    kvk: str
    confirmed: str
    """The day of the last confirmation, as it is written."""
    blocks: tuple[tuple[str, str], ...]
    """Offered: edition and block."""
    example: bool = False
    """Made up to show how the guide looks."""


_KEPT: dict[Path, tuple[tuple[int, int], Known]] = {}


def providers(content: Path, region: str, standards: Standards | None) -> dict[str, Known]:
    """The providers of a region by slug; a file that can't be read is known by its slug alone."""
    key = next((one.key for one in standards.organisation_questions if one.kind == "kvk"), "") if standards else ""
    with _LOCK:
        return {path.stem: _known(path, stamp, key) for path, stamp in _files(content, region)}


def fold(name: str) -> str:
    """A name without what people write in more than one way: capitals, accents, signs and legal forms."""
    words = [word for word in _words(name) if word not in _LEGAL]
    return " ".join(words) or " ".join(_words(name))


def make_slug(name: str, taken: Collection[str]) -> str:
    """A name for a new file, out of an organisation's name; one that no other has."""
    base = "-".join(_words(name))[:_LONGEST_SLUG].strip("-") or "aanbieder"
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return parse_slug(slug)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.findall(r"[a-z0-9]+", letters.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))


def _files(content: Path, region: str) -> Iterator[tuple[Path, tuple[int, int]]]:
    try:
        entries = sorted(os.scandir(content / "regions" / region / "providers"), key=lambda one: one.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(".yaml") and _is_slug(entry.name.removesuffix(".yaml")) and entry.is_file():
            state = entry.stat()
            yield Path(entry.path), (state.st_mtime_ns, state.st_size)


def _is_slug(text: str) -> bool:
    try:
        parse_slug(text)
    except InvalidValueError:
        return False
    return True


def _known(path: Path, stamp: tuple[int, int], key: str) -> Known:
    kept = _KEPT.get(path)
    if kept is None or kept[0] != stamp:
        kept = _KEPT[path] = (stamp, _read(path, key))
    return kept[1]


def _read(path: Path, key: str) -> Known:
    try:
        tree = read_tree(decode(path.read_bytes()))
    except (OSError, YamlTextError):
        tree = {}
    about = tree.get("organisation") if isinstance(tree, dict) else None
    about = about if isinstance(about, dict) else {}
    offers = tree.get("offerings") if isinstance(tree, dict) else None
    confirmed = tree.get("confirmed") if isinstance(tree, dict) else None
    return Known(
        slug=path.stem,
        name=str(about.get("name") or path.stem),
        kvk=re.sub(r"[\s.]", "", str(about.get(key) or "")),
        confirmed=str(confirmed.get("on") or "") if isinstance(confirmed, dict) else "",
        blocks=tuple(
            (str(one.get("edition")), str(one.get("block")))
            for one in (offers if isinstance(offers, list) else ())
            if isinstance(one, dict)
        ),
        example=isinstance(tree, dict) and tree.get("example") == "true",
    )
