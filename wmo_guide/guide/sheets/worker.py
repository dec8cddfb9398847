"""Sets sheets as PDF, in a process of its own: the compiler brings threads and memory that the press can do without.

Started as a script by typesetter.py, apart from our other code. Reads `{"folder": ..., "sheets": [...]}` as JSON, and
writes a list: of each sheet `{"pdf": base64}`, `{"pages": number}` when it can't be made short enough, or
`{"error": message}`. Texts come in as data (`sys.inputs`), so nothing in them is read as code.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

_SIZES = ("11", "10.5", "10", "9.5", "9")
"""Sizes of letters to try, in points. Smaller ones can't be read by many."""
_NOT_SHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_BOX = "□"
"""Stands for a sign that no font has."""
_PAGE = re.compile(rb"/Type\s*/Page\b")


def main() -> None:
    """Answers one order."""
    order = json.load(sys.stdin)
    folder = Path(order["folder"])
    fonts = typst.Fonts(include_system_fonts=False)
    compiler = typst.Compiler(folder / "sheet.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)
    json.dump([_answer(compiler, json.loads(told)) for told in order["sheets"]], sys.stdout)


def _answer(compiler: typst.Compiler, sheet: dict[str, Any]) -> dict[str, Any]:
    pages = 0
    try:
        for size in _SIZES:
            pdf = _set(compiler, sheet["data"], size)
            pages = len(_PAGE.findall(pdf))
            if pages <= sheet["most"] or (size == _SIZES[-1] and not sheet["strict"]):
                return {"pdf": base64.b64encode(pdf).decode()}
    except typst.TypstError as error:
        return {"error": error.message}
    return {"pages": pages}


def _set(compiler: typst.Compiler, data: dict[str, Any], size: str) -> bytes:
    try:
        return _compiled(compiler, data, size)
    except typst.TypstError as error:
        missing = {_unescaped(one) for one in _NOT_SHOWN.findall(error.diagnostic)}
        if not missing:
            raise
        return _compiled(compiler, _without(data, missing), size)


def _compiled(compiler: typst.Compiler, data: dict[str, Any], size: str) -> bytes:
    day = datetime.fromisoformat(data["updated"]).replace(tzinfo=UTC)
    inputs = {"data": json.dumps(data, ensure_ascii=False), "size": size}
    pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=day)
    if not isinstance(pdf, bytes):
        raise TypeError("A PDF is one file.")
    return pdf


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _without(value: Any, missing: set[str]) -> Any:
    """The same data, with a box for each sign that can't be shown."""
    if isinstance(value, str):
        for one in sorted(missing, key=len, reverse=True):
            value = value.replace(one, _BOX)
        return value
    if isinstance(value, dict):
        return {key: _without(one, missing) for key, one in value.items()}
    return [_without(one, missing) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
