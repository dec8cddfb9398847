"""The HTML of what staff wrote in Markdown, kept between builds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from wmo_guide.domain.standards import Standards


def article_html(standards: Standards, cache_dir: Path | None) -> dict[str, str]:
    """The HTML of each Markdown text of a region, by the text."""
    texts = {one.markdown for one in (*standards.pages, *standards.factsheets, *standards.news)}
    path = cache_dir / f"prose-{standards.slug}.json" if cache_dir else None
    kept = _read(path)
    keys = {text: _key(text) for text in texts}
    found = {keys[text]: kept.get(keys[text]) or _convert(text) for text in texts}
    if path is not None and found != kept:
        with suppress(OSError):  # a cache that can't be written is no matter
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".new").write_text(json.dumps(found), encoding="utf-8")
            path.with_suffix(".new").replace(path)
    return {text: found[key] for text, key in keys.items()}


def _convert(text: str) -> str:
    # Loading MkDocs costs more than building a small guide, and a warm cache never comes here.
    from wmo_guide.guide.material import markdown_to_html  # noqa: PLC0415

    return markdown_to_html(text, heading_ids=True)


def _key(text: str) -> str:
    return hashlib.sha256(f"{_converter()} {text}".encode()).hexdigest()


@cache
def _converter() -> str:
    """The code and libraries that turn Markdown into HTML, as this process has them in memory."""
    code = (Path(__file__).parent / "material.py").read_bytes()
    return f"{version('markdown')} {version('mkdocs')} {hashlib.sha256(code).hexdigest()}"


def _read(path: Path | None) -> Mapping[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
