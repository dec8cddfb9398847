"""The one door to MkDocs and Material: whole pages and staff prose as HTML.

Nothing else in the project imports mkdocs, so a successor of Material has one module to replace.
"""

from __future__ import annotations

import fnmatch
import hashlib
import logging
import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from jinja2 import StrictUndefined, TemplateError
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from wmo_guide.compiled import Compiled
from wmo_guide.guide.icons import icon
from wmo_guide.guide.style_sheet import fitting, lean, with_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

    from wmo_guide.guide.frame import WholePage

# Material prints a notice about MkDocs 2 when its theme is loaded; the project has decided (pyproject.toml pins < 2).
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

_COMPILED = Compiled()
_CONFIG_FILE = Path(__file__).parents[2] / "mkdocs.yml"
_LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")
_OUR_NAME = re.compile(r"[a-z-]+\.[a-z]+")
_OUR_STYLE = re.compile(r"assets/[a-z-]+\.css")
_CLASS = re.compile(r"\bmd-[a-z_-]+")
"""All classes that our pages have of Material; the others are our own, and begin otherwise."""


class ThemeError(Exception):
    """The theme could not be built; the message tells what MkDocs had to say."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Pages by url, and the files they refer to by path under the site's root."""

    pages: Mapping[str, str]
    assets: Mapping[str, bytes]


def render_pages(pages: Sequence[WholePage], config_file: Path) -> Rendered:
    """Let MkDocs render whole pages, in a folder that is thrown away; raise ThemeError when it can't."""
    press = _Press(pages)
    with _theme_errors(), tempfile.TemporaryDirectory(prefix="wmo-theme-") as folder:
        config = _load(config_file, Path(folder))
        config.plugins["press"] = press
        build(config)
    return Rendered(pages=press.html, assets=press.assets)


def markdown_to_html(text: str, *, heading_ids: bool = False) -> str:
    """Turn staff prose into HTML that can't run anything.

    Raw HTML comes out as the text it is, links lead to http, https, mailto, tel or the site itself, and pictures
    come from the site itself. Headings start at h2 and never skip a level. They have ids only when asked for, because
    several pieces of prose may share a page.
    """
    return _converter(heading_ids).reset().convert(text)


def _load(config_file: Path, folder: Path) -> MkDocsConfig:
    docs = folder / "docs"
    docs.mkdir()
    return load_config(config_file=str(config_file), docs_dir=str(docs), site_dir=str(folder / "site"))


@contextmanager
def _theme_errors() -> Iterator[None]:
    """Keep MkDocs from printing, and raise what it warned of or failed on as one ThemeError."""
    logger, heard = logging.getLogger("mkdocs"), _Listener()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(heard)
    try:
        yield
    except (MkDocsException, TemplateError) as error:
        raise ThemeError("; ".join([*heard.messages, str(error)])) from error
    finally:
        logger.removeHandler(heard)
        logger.propagate = propagate
    if heard.messages:
        raise ThemeError("; ".join(heard.messages))


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class _ReadyPage(Page):
    """A page whose HTML is ready: nothing to read and nothing to convert."""

    def __init__(self, whole: WholePage, file: File, config: MkDocsConfig) -> None:
        super().__init__(whole.title, file, config)
        self.whole = whole

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs passes it
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs passes them
        self.content = self.whole.body


class _NoSettings(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook of subclassing untyped
    """The press takes nothing from mkdocs.yml."""


class _Press(BasePlugin[_NoSettings]):  # type: ignore[no-untyped-call]  # as above
    """Hands our pages to MkDocs and keeps what comes out: the pages, and the files their templates asked for."""

    def __init__(self, pages: Sequence[WholePage]) -> None:
        self._pages = pages
        self._theme_files: dict[str, File] = {}
        self._paths: dict[tuple[str, str], str] = {}
        self._classes: frozenset[str] = frozenset()
        self.html: dict[str, str] = {}
        self.assets: dict[str, bytes] = {}

    def on_config(self, config: MkDocsConfig) -> None:
        """Leave out Material's own 404 page and sitemap, and see which of its classes our frame has."""
        config.theme.static_templates.clear()
        ours = Path(str(config.theme.custom_dir)).rglob("*.html")
        self._classes = frozenset(name for file in ours for name in _CLASS.findall(file.read_text(encoding="utf-8")))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put our pages in the place of whatever MkDocs found."""
        self._theme_files = {file.src_uri: file for file in files}
        return Files([self._file(page, config) for page in self._pages])

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs passes them
        """Make the templates strict and safe, and let them ask for assets."""
        env.autoescape = True
        env.undefined = StrictUndefined
        env.trim_blocks = env.lstrip_blocks = True
        env.bytecode_cache = _COMPILED
        env.globals["asset"] = self._path
        env.globals["icon"] = icon

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs passes it
        """Keep the finished page."""
        if isinstance(page, _ReadyPage):
            self.html[page.whole.url] = output

    def _file(self, whole: WholePage, config: MkDocsConfig) -> File:
        path = whole.url.removeprefix("/")
        path += "index.html" if not path or path.endswith("/") else ""
        source = str(PurePosixPath(path).with_suffix(".md"))
        file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        file.dest_uri = path
        _ReadyPage(whole, file, config)
        return file

    def _path(self, pattern: str, site_url: str = "") -> str:
        """The path of an asset, which every page asks for."""
        wanted = (pattern, site_url)
        if wanted not in self._paths:
            self._paths[wanted] = self._asset(pattern, site_url)
        return self._paths[wanted]

    def _asset(self, pattern: str, site_url: str) -> str:
        """Publish the theme's file that fits the pattern and give its path, with the file's hash in its name."""
        found = sorted(fnmatch.filter(self._theme_files, f"assets/{pattern}"))
        if len(found) != 1:
            raise ThemeError(f"The theme has {len(found)} files that fit assets/{pattern}; it should have one.")
        content = self._theme_files[found[0]].content_bytes
        path = PurePosixPath(found[0])
        if path.suffix == ".css":
            own = _OUR_NAME.fullmatch(path.name)
            content = lean(with_site(content, site_url)) if own else self._fitting(content)
        stem, _, _ = path.name.partition(".")
        path = path.with_name(f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}")
        self.assets[str(path)] = content
        return str(path)

    def _fitting(self, style_sheet: bytes) -> bytes:
        """What our pages use of Material's style sheet."""
        own = [file for name, file in self._theme_files.items() if _OUR_STYLE.fullmatch(name)]
        beside = "".join(file.content_string for file in own)
        return fitting(style_sheet.decode(), self._classes, beside).encode()


@lru_cache(maxsize=2)
def _converter(heading_ids: bool) -> Markdown:  # noqa: FBT001 - the cache's key
    with _theme_errors(), tempfile.TemporaryDirectory(prefix="wmo-theme-") as folder:
        config = _load(_CONFIG_FILE, Path(folder))
    converter = Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs, output_format="html"
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    # After all others (Python-Markdown's last one, which undoes backslashes, has 0): so that it sees the final text.
    converter.treeprocessors.register(_Harmless(heading_ids), "harmless", -10)
    return converter


class _Harmless(Treeprocessor):
    """Sets headings in order, drops addresses that could do harm, and makes tables fit for phones."""

    def __init__(self, heading_ids: bool) -> None:  # noqa: FBT001 - passed on by _converter
        super().__init__()
        self._heading_ids = heading_ids

    def run(self, root: ET.Element) -> None:
        """Mend the whole tree in place."""
        self._set_headings([element for element in root.iter() if _HEADING.fullmatch(element.tag)])
        for element in root.iter("a"):
            _keep_link(element)
        for element in root.iter("img"):
            _keep_picture(element)
        for parent in list(root.iter()):
            _box_tables(parent)

    def _set_headings(self, headings: list[ET.Element]) -> None:
        highest = min((int(heading.tag[1]) for heading in headings), default=1)
        level = 1
        for heading in headings:
            level = min(int(heading.tag[1]) - highest + 2, level + 1, 6)
            heading.tag = f"h{level}"
            if not self._heading_ids:
                heading.attrib.pop("id", None)


def _keep_link(link: ET.Element) -> None:
    address = _as_browsers_read(link.get("href", ""))
    scheme = _SCHEME.match(address)
    if (scheme and scheme[1].lower() in _LINK_SCHEMES) or (not scheme and _is_on_site(address)):
        if AMP_SUBSTITUTE in link.get("href", ""):  # a mail address in <>, which Markdown writes in numbers
            link.set("href", address)
            link.text = _as_browsers_read(link.text or "")
        return
    link.tag = "span"
    link.attrib.clear()


def _keep_picture(picture: ET.Element) -> None:
    address = _as_browsers_read(picture.get("src", ""))
    if _SCHEME.match(address) or not _is_on_site(address):
        picture.tag, picture.text = "span", picture.get("alt")
        picture.attrib.clear()


def _is_on_site(address: str) -> bool:
    return not address.replace("\\", "/").startswith("//")


def _as_browsers_read(address: str) -> str:
    """Undo what could hide a scheme: character references, control characters and spaces."""
    plain = unescape(address.replace(AMP_SUBSTITUTE, "&"))
    return "".join(character for character in plain if character > " " and character != "\x7f")


def _box_tables(parent: ET.Element) -> None:
    """Let a wide table scroll by itself, reachable by keyboard, and drop the style attributes of its cells."""
    for index, table in enumerate(parent):
        if table.tag != "table" or parent.get("class") == "wg-table":
            continue
        box = ET.Element("div", {"class": "wg-table", "role": "group", "tabindex": "0", "aria-label": "Tabel"})
        box.tail, table.tail = table.tail, None
        box.append(table)
        parent[index] = box
        for cell in table.iter():
            cell.attrib.pop("style", None)
            if cell.tag == "th":
                cell.set("scope", "col")
