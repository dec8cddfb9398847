"""Text that is shown as it is: marks of Markdown would stand on the page as signs."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.base import Record
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.plain_text import marks_in


def check_plain(record: Record) -> Iterator[Finding]:
    """No text of a record, at any depth, has a link, bold words or a tag: only Markdown files can have those."""
    yield from _check(record, ())


def _check(value: object, path: KeyPath) -> Iterator[Finding]:
    if isinstance(value, str):
        if found := marks_in(value):
            message = (
                f'"{found}" komt zo, met de tekens erbij, op de pagina: in dit bestand werken geen links en '
                "geen opmaak. Schrijf alleen de woorden."
            )
            yield Finding(path, message)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _check(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _check(one, (*path, index))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _check(one, (*path, key))
