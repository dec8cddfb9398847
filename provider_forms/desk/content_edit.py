"""Items of content: read as they are after all that waits for the press, and put back into their file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from provider_forms.desk.content_kinds import MARKDOWN, SHARED, ContentKind, Item
from provider_forms.desk.job_lines import coming
from provider_forms.desk.publishing import fingerprint
from wmo_guide.domain.editorial import Facilities, Faq, Terms
from wmo_guide.domain.region import Region
from wmo_guide.store.article import amend_article, read_article
from wmo_guide.store.edit import amend
from wmo_guide.store.write import CommentError
from wmo_guide.store.yaml_text import MAX_BYTES, YamlTextError, decode, read_tree

_DATED_FILES = {
    f"{name}.yaml"
    for name, model in (("faq", Faq), ("facilities", Facilities), ("terms", Terms), ("region", Region))
    if "updated" in model.model_fields
}
"""Files that tell as a whole when a person last changed them."""


class EditError(Exception):
    """The file can't be changed by a form; the text tells in Dutch what to do."""


@dataclass(frozen=True)
class Files:
    """The content folder as it will be when the press has done what waits for it."""

    content: Path
    queued: Mapping[str, str | None]
    """Files that wait, by path; None for one that goes."""

    seen: dict[str, bytes | None] = field(default_factory=dict, compare=False)
    """Files as they were when they were first looked at: all questions about one file are about the same text."""

    def text(self, path: str) -> str | None:
        """The text of a file; None when there is none. Raises EditError when it can't be read."""
        if path in self.queued:
            return self.queued[path]
        data = self._data(path)
        try:
            return None if data is None else decode(data)
        except YamlTextError as error:
            raise EditError(f"Het bestand {path} is niet te lezen. {error.message}") from error

    def base(self, path: str) -> str:
        """Fingerprint of a file, to see later whether it is still the same; empty when there is none."""
        if path in self.queued:
            return fingerprint(self.queued[path])
        data = self._data(path)
        return "" if data is None else fingerprint(data.decode("utf-8", "surrogateescape"))

    def _data(self, path: str) -> bytes | None:
        if path not in self.seen:
            try:
                with (self.content / path).open("rb") as stream:
                    self.seen[path] = stream.read(MAX_BYTES + 1)
            except FileNotFoundError:
                self.seen[path] = None
            except OSError as error:
                raise EditError(f"Het bestand {path} is niet te lezen. Vraag een beheerder om te kijken.") from error
        return self.seen[path]

    def articles(self, folder: str) -> tuple[str, ...]:
        """The names of the Markdown files in a folder."""
        found = {path.stem for path in (self.content / folder).glob("*.md") if not path.name.startswith(".")}
        for path, text in self.queued.items():
            if path.startswith(f"{folder}/") and path.endswith(".md"):
                (found.add if text is not None else found.discard)(Path(path).stem)
        return tuple(sorted(found))


@dataclass(frozen=True)
class Spot:
    """A list of items, or a folder of articles, of one region or of all together."""

    kind: ContentKind
    region: str

    def path(self, ref: str = "") -> str:
        """The file of an item."""
        return self.kind.path(self.region, ref)


def files_now(session: Session, content: Path, today: date) -> Files:
    """The files as they are after all that the press has to do today, read from the queue."""
    return Files(content, coming(session, content, today))


def items(files: Files, spot: Spot) -> dict[str, Item]:
    """All items of a spot by their names, in the order of the file. Raises EditError."""
    if not spot.kind.is_article:
        return {spot.kind.ref(one): one for one in _list(_tree(files, spot.path()), spot.kind)}
    folder = Path(spot.path("x")).parent.as_posix()
    return {ref: _article(files, spot.path(ref)) for ref in files.articles(folder)}


def item(files: Files, spot: Spot, ref: str) -> Item | None:
    """One item; None when there is none with this name. Raises EditError."""
    return items(files, spot).get(ref)


def with_item(files: Files, spot: Spot, names: tuple[str, str], fresh: Item, today: date) -> tuple[str, int]:
    """The text of the file with an item in the place of its former self, or as a new one, and its place in the list.

    `names` are its former name, empty for a new item, and its new one. Raises EditError.
    """
    ref, new_ref = names
    path = spot.path(new_ref)
    if "updated" in spot.kind.left_out and "updated" in spot.kind.model.model_fields:
        fresh = _in_order(spot.kind, {**fresh, "updated": today.isoformat()})
    if spot.kind.is_article:
        head = {key: value for key, value in fresh.items() if key != MARKDOWN}
        return _amended(path, lambda: amend_article(files.text(path) or "", head, str(fresh[MARKDOWN]))), -1
    tree = _tree(files, path)
    rows = _list(tree, spot.kind)
    place = index_of(rows, spot.kind, ref) if ref else -1
    rows = [*rows, fresh] if place < 0 else [*rows[:place], fresh, *rows[place + 1 :]]
    return _put_back(files, spot, tree, rows, today), place if place >= 0 else len(rows) - 1


def without_item(files: Files, spot: Spot, ref: str, today: date) -> str | None:
    """The text of the file without an item; None when the file itself goes. Raises EditError."""
    if spot.kind.is_article:
        return None
    tree = _tree(files, spot.path())
    rows = [one for one in _list(tree, spot.kind) if spot.kind.ref(one) != ref]
    return _put_back(files, spot, tree, rows, today)


def with_order(files: Files, spot: Spot, order: Sequence[str], today: date) -> str:
    """The text of the file with its items in this order; those that aren't named stay last. Raises EditError."""
    tree = _tree(files, spot.path())
    rows = _list(tree, spot.kind)
    places = {ref: place for place, ref in enumerate(order)}
    rows.sort(key=lambda one: places.get(spot.kind.ref(one), len(places)))
    return _put_back(files, spot, tree, rows, today)


def index_of(rows: Sequence[Item], kind: ContentKind, ref: str) -> int:
    """The place of an item in its list; -1 when it isn't there."""
    return next((place for place, one in enumerate(rows) if kind.ref(one) == ref), -1)


def _in_order(kind: ContentKind, fresh: Item) -> Item:
    keys = [*kind.model.model_fields, MARKDOWN]
    return {key: fresh[key] for key in keys if key in fresh}


def _put_back(files: Files, spot: Spot, tree: Item, rows: Sequence[Item], today: date) -> str:
    fresh: dict[str, Any] = {**tree, spot.kind.inside: list(rows)}
    if spot.kind.file in _DATED_FILES:
        fresh = {"updated": today.isoformat(), **fresh} if "updated" not in fresh else fresh
        fresh["updated"] = today.isoformat()
    path = spot.path()
    return _amended(path, lambda: amend(files.text(path) or "", fresh))


def _tree(files: Files, path: str) -> Item:
    try:
        tree = read_tree(files.text(path) or "")
    except YamlTextError as error:
        raise EditError(_broken(path, error)) from error
    if isinstance(tree, dict) or not tree:
        return tree if isinstance(tree, dict) else {}
    raise EditError(f"Het bestand {path} heeft niet de goede vorm. Vraag een beheerder om het te herstellen.")


def _article(files: Files, path: str) -> Item:
    try:
        head, markdown = read_article(files.text(path) or "")
    except YamlTextError as error:
        raise EditError(_broken(path, error)) from error
    return {**(head if isinstance(head, dict) else {}), MARKDOWN: markdown}


def _broken(path: str, error: YamlTextError) -> str:
    return f"Het bestand {path} is met de hand veranderd, en nu niet te lezen. Regel {error.line}: {error.message}"


def _list(tree: Item, kind: ContentKind) -> list[Item]:
    rows = tree.get(kind.inside) or []
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


def _amended(path: str, job: Callable[[], str]) -> str:
    try:
        return job()
    except CommentError as error:
        where = ", ".join(map(str, error.lines))
        raise EditError(
            f"In het bestand {path} staat op regel {where} een opmerking (#) midden in wat u verandert. Die zou weg zijn. Vraag een beheerder om de opmerking te verplaatsen."
        ) from error
    except YamlTextError as error:
        raise EditError(_broken(path, error)) from error


def regions(content: Path) -> tuple[str, ...]:
    """All regions, and what they share."""
    found = sorted(path.parent.name for path in content.glob("regions/*/region.yaml"))
    return (*found, SHARED)
