"""Material's own search on the guide's pages: MkDocs makes its index, and Material's worker answers from it.

MkDocs is started as a program, with the pages as they are in the guide but for the frame around them. The search has
its defaults for Dutch. Nothing here is part of the guide; it is the peer that the guide's search is compared with.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from lxml import etree, html
from playwright.sync_api import Page

_CONFIG = """\
site_name: Gids
theme: {name: material, language: nl, font: false, custom_dir: overrides}
plugins: [search]
hooks: [keep_html.py]
"""
# Only the index is wanted, so pages are printed without Material's frame. What MkDocs would do to Markdown isn't done.
_TEMPLATE = "<!doctype html><title>{{ page.title }}</title>{{ page.content }}"
_HOOK = """\
def on_page_markdown(markdown, page, **kwargs):
    page.kept = markdown
    return ""


def on_page_content(html, page, **kwargs):
    return page.kept
"""
_BLANKS = re.compile(r"[^\w]+")
# What Material does with an answer, in templates/search/index.tsx of its source: the page, with the sections that score
# as well as the best; the others are folded away under "more on this page".
_ASK = """async ({ worker, asks }) => {
  const index = await (await fetch("search/search_index.json")).json();
  const search = new Worker(worker);
  const tell = (message) => new Promise((ready) => {
    search.onmessage = (event) => ready(event.data);
    search.postMessage(message);
  });
  await tell({ type: 0, data: { ...index, options: { suggest: false } } });
  const answers = [];
  for (const ask of asks) {
    const found = (await tell({ type: 2, data: ask })).data.items;
    answers.push(found.slice(0, 10).map((group) => group
      .filter((one) => !one.location.includes("#") || one.score >= group[0].score)
      .map((one) => "/" + one.location)
      .sort()));
  }
  search.terminate();
  return answers;
}"""


@dataclass(frozen=True)
class MaterialSite:
    """A site that MkDocs built: little more than Material's search with its index."""

    folder: Path

    @cached_property
    def index(self) -> Path:
        """The index."""
        return self.folder / "search" / "search_index.json"

    @cached_property
    def worker(self) -> str:
        """Path of the script that searches, below the site's root."""
        found = next((self.folder / "assets" / "javascripts" / "workers").glob("search.*.js"))
        return found.relative_to(self.folder).as_posix()

    @cached_property
    def locations(self) -> frozenset[str]:
        """All addresses that it can lead to."""
        told = json.loads(self.index.read_text(encoding="utf-8"))
        return frozenset(f"/{one['location']}" for one in told["docs"])

    def ask(self, page: Page, base: str, asks: Sequence[str]) -> list[list[list[str]]]:
        """For each question its first results, each with the addresses that it shows. The site is served at `base`."""
        page.goto(f"{base}/")
        answers: list[list[list[str]]] = page.evaluate(_ASK, {"worker": self.worker, "asks": asks})
        return answers


def build_material(release: Path, region: str, folder: Path) -> MaterialSite:
    """Has MkDocs build the search for the pages of one region, in an empty folder."""
    write_docs(release, region, folder)
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(build_command(folder), check=True, env=quiet)  # noqa: S603  (our own command)
    return MaterialSite(folder / "site")


def build_command(folder: Path) -> list[str]:
    """Has MkDocs make the site of a folder that `write_docs` filled, in `site`."""
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]


def write_docs(release: Path, region: str, folder: Path) -> None:
    """Fills a folder with what MkDocs needs."""
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    (folder / "keep_html.py").write_text(_HOOK, encoding="utf-8")
    (folder / "overrides").mkdir()
    (folder / "overrides" / "main.html").write_text(_TEMPLATE, encoding="utf-8")
    for path in sorted((release / region).rglob("index.html")):
        place = path.relative_to(release).parent
        if place.parts[1:2] != ("zoeken",):
            (folder / "docs" / place).mkdir(parents=True, exist_ok=True)
            (folder / "docs" / place / "index.md").write_text(_document(path), encoding="utf-8")
    (folder / "docs" / "index.md").write_text("---\nsearch: {exclude: true}\n---\n", encoding="utf-8")


def _document(path: Path) -> str:
    """A page's title and content, with the headings as Markdown would have made them: each with an id."""
    tree = cast("html.HtmlElement", html.document_fromstring(path.read_text(encoding="utf-8")))
    for crumbs in tree.find_class("wg-breadcrumb"):
        crumbs.drop_tree()
    content = tree.find_class("md-content__inner")[0]
    for summary in list(content.iter("summary")):
        summary.drop_tag()  # Material ends a section where the element around its heading ends
    taken = {one.get("id", "") for one in content.iter() if one.get("id")}
    for heading in content.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        if not heading.get("id"):
            heading.set("id", _id_for(heading, taken))
    title = " ".join(content.findtext(".//h1", "").split())
    inner = "".join(etree.tostring(one, encoding="unicode", method="html") for one in content)
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{inner}\n"


def _id_for(heading: html.HtmlElement, taken: set[str]) -> str:
    """The id of what the heading is the first of; or one made of its words."""
    parent = heading.getparent()
    if parent is not None and parent.get("id") and parent.index(heading) == 0:
        return str(parent.attrib.pop("id"))
    wish = _BLANKS.sub("-", heading.text_content().lower()).strip("-") or "kop"
    number, found = 0, wish
    while found in taken:
        number += 1
        found = f"{wish}_{number}"
    taken.add(found)
    return found
