"""Where in the content something is, in the words of the desk: what it is called, and the form it is changed in."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from flask import url_for
from markupsafe import Markup

from provider_forms.desk.content_check import field_in, index_in
from provider_forms.desk.content_edit import EditError, Files, Spot, items
from provider_forms.desk.content_kinds import KINDS, SHARED, Item
from provider_forms.desk.content_words import words
from provider_forms.desk.people import organisation
from provider_forms.desk.undo import is_provider, name_of, region_of
from provider_forms.staff.content_place import region_title, title_of
from provider_forms.web.desk import desk
from wmo_guide.store.problem import Problem
from wmo_guide.store.yaml_text import YamlTextError, read_tree

_BLOCK = re.compile(r"areas\[(?P<area>\d+)\]\.blocks\[(?P<block>\d+)\]")
_ANSWER = re.compile(r"questions\[(?P<question>\d+)\]\.options\[(?P<option>\d+)\]")


@dataclass(frozen=True)
class Where:
    """An item, or a file that no form changes."""

    title: str
    url: str = ""
    """Its form; empty for a file that has none."""
    field: str = ""
    """The question that it is about; empty when that isn't known."""

    def __html__(self) -> str:
        about = (
            Markup('<a href="{}">{}</a>').format(self.url, self.title) if self.url else Markup("{}").format(self.title)
        )
        return str(
            about
            + (f", bij \N{LEFT DOUBLE QUOTATION MARK}{self.field}\N{RIGHT DOUBLE QUOTATION MARK}" if self.field else "")
        )


def where(files: Files, problem: Problem, gone: str = "") -> Where:
    """What a problem is about. `gone` is the name of an item that is left out of its list, so the others moved up."""
    try:
        return _where(files, problem, gone)
    except EditError:  # it was broken by hand: its form can't open it, but an earlier version can be put back
        return _file(files, problem)


def _where(files: Files, problem: Problem, gone: str) -> Where:
    region, rest = _place(problem.file)
    for kind in KINDS.values():
        spot = Spot(kind, region)
        if kind.is_article and rest.startswith(f"{kind.file}/"):
            ref = rest.removeprefix(f"{kind.file}/").removesuffix(".md")
            return item_at(spot, ref, items(files, spot).get(ref) or {}, problem.key.partition("[")[0])
        index = index_in(problem.key, kind.inside) if rest == kind.file else -1
        rows = [one for one in items(files, spot).items() if one[0] != gone] if index >= 0 else []
        if index < len(rows) and rows:
            return item_at(spot, *rows[index], field_in(problem.key))
    block = _BLOCK.match(problem.key) if rest.startswith("matrix/") else None
    if block is not None:
        return _block(files, problem.file, int(block["area"]), int(block["block"]))
    answer = _ANSWER.match(problem.key) if rest == "chooser.yaml" else None
    if answer is not None:
        return _answer(files, problem.file, int(answer["question"]), int(answer["option"]))
    return _file(files, problem)


def _place(path: str) -> tuple[str, str]:
    """The region that a file belongs to, and its path there."""
    folder, _, name = path.partition("/")
    region, _, rest = name.partition("/")
    return (SHARED, name) if folder == "shared" else (region, rest)


def _file(files: Files, problem: Problem) -> Where:
    """A file as a whole, with the way to its history: by the name of the provider or the one kind of content in it."""
    path = problem.file
    there = (files.content / path).is_file()
    url = url_for("staff.file_history", path=path) if there else ""
    if is_provider(path):
        return Where(f"Aanbieder {_quoted(_provider(files, path))}", url)
    region, rest = _place(path)
    kinds = [kind for kind in KINDS.values() if rest == kind.file or rest.startswith(f"{kind.file}/")]
    if len(kinds) != 1:
        return Where(f"Het bestand {path}{f', bij {problem.key}' if problem.key else ''}", url)
    told = words().kinds[kinds[0].key]
    name = f"{told.one.capitalize()} {_quoted(PurePosixPath(path).stem)}" if kinds[0].is_article else told.title
    return Where(f"{name} ({region_title(region)})", url)


def _provider(files: Files, path: str) -> str:
    """The name of a provider; as the desk knows it when its file can't be read."""
    region, slug = region_of(path), PurePosixPath(path).stem
    with suppress(EditError):
        name = name_of(path, files.text(path))
        if name != path:
            return name
    with desk().database.read() as db:
        found = organisation(db, region, slug)
    return found.name if found else slug


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def item_at(spot: Spot, ref: str, item: Item, field: str = "") -> Where:
    """An item."""
    kind, told = spot.kind, words()
    known = told.fields.get(kind.model.__name__, {}).get(field)
    title = f"{told.kinds[kind.key].one.capitalize()} {_quoted(title_of(kind, item) or ref)}"
    url = url_for("staff.content_item", region=spot.region, kind=kind.key, ref=ref)
    return Where(title, url, known.label if known else "")


def _block(files: Files, path: str, area: int, block: int) -> Where:
    """A block of an edition of the matrix, which no form changes."""
    try:
        edition: Any = read_tree(files.text(path) or "")
        found = edition["areas"][area]["blocks"][block]
        title, name = edition["title"], found.get("plain_title") or found["title"]
    except (YamlTextError, LookupError, TypeError, AttributeError):
        return Where(f"Het bestand {path}")
    told = f"Bouwsteen {_quoted(name)} van {title}. Vraag een beheerder om dat te veranderen."
    return Where(told)


def _answer(files: Files, path: str, question: int, option: int) -> Where:
    """An answer of the questions that help to choose, which no form changes."""
    try:
        chooser: Any = read_tree(files.text(path) or "")
        asked = chooser["questions"][question]
        told = f"{_quoted(asked['options'][option]['label'])} op {_quoted(asked['question'])}"
    except (YamlTextError, LookupError, TypeError):
        return Where(f"Het bestand {path}")
    return Where(f"Hulpwijzer, het antwoord {told}. Vraag een beheerder om dat te veranderen.")
