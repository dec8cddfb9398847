"""Where in the content something is, in the words of the desk: what it is called, and the form it is changed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from provider_forms.desk.content_check import field_in, index_in
from provider_forms.desk.content_edit import Files, Spot, items
from provider_forms.desk.content_kinds import KINDS, SHARED, Item
from provider_forms.desk.content_words import words
from provider_forms.staff.content_place import title_of
from wmo_guide.store.problem import Problem
from wmo_guide.store.yaml_text import YamlTextError, read_tree

_BLOCK = re.compile(r"areas\[(?P<area>\d+)\]\.blocks\[(?P<block>\d+)\]")


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
    folder, _, name = problem.file.partition("/")
    region, _, rest = name.partition("/")
    region, rest = (SHARED, name) if folder == "shared" else (region, rest)
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
    return Where(f"Het bestand {problem.file}{f', bij {problem.key}' if problem.key else ''}")


def item_at(spot: Spot, ref: str, item: Item, field: str = "") -> Where:
    """An item."""
    kind, told = spot.kind, words()
    known = told.fields.get(kind.model.__name__, {}).get(field)
    title = f"{told.kinds[kind.key].one.capitalize()} \N{LEFT DOUBLE QUOTATION MARK}{title_of(kind, item) or ref}\N{RIGHT DOUBLE QUOTATION MARK}"
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
    told = f"Bouwsteen \N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK} van {title}. Vraag een beheerder om dat te veranderen."
    return Where(told)
