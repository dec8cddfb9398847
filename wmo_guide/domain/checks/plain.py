"""Text that is shown as it is: marks of Markdown would stand on the page as signs."""

from __future__ import annotations

from wmo_guide.domain.base import Record
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.plain_text import marks_in


def check_plain(record: Record) -> list[Finding]:
    """No text of a record, at any depth, has a link, bold words or a tag: only Markdown files can have those."""
    found: list[Finding] = []
    _check(record, (), found)
    return found


def _check(value: object, path: KeyPath, found: list[Finding]) -> None:
    # A generator for each of ten thousand texts took twice as long.
    if isinstance(value, str):
        if marks := marks_in(value):
            message = (
                f'"{marks}" komt zo, met de tekens erbij, op de pagina: in dit bestand werken geen links en '
                "geen opmaak. Schrijf alleen de woorden."
            )
            found.append(Finding(path, message))
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            _check(one, (*path, index), found)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            _check(getattr(value, name), (*path, name), found)
    elif isinstance(value, dict):
        for key, one in value.items():
            _check(one, (*path, key), found)
