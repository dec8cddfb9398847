"""The coverage as a picture (SVG): darker is more, and a gap has a thick edge and a word, so that colour tells nothing alone."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from wmo_guide.guide.coverage import FEW, Coverage, Row

_NAMESPACE = "http://www.w3.org/2000/svg"
_CELL_WIDTH, _CELL_HEIGHT = 72, 34
_NAMES_WIDTH, _HEAD_HEIGHT = 330, 150
_LONGEST_NAME = 44
_SHADES = ("#ffffff", "#dcebf5", "#b3d4e8", "#7fb3d3", "#3f87b0", "#1b5e85")
_DARK_FROM = 4
"""From this shade on, white text has the greater contrast."""
_INK, _GAP = "#1a1a1a", "#a5161b"


def as_svg(found: Coverage, title: str) -> str:
    """The picture, as a document by itself."""
    width = _NAMES_WIDTH + _CELL_WIDTH * len(found.municipalities) + 10
    height = _HEAD_HEIGHT + _CELL_HEIGHT * len(found.rows) + 10
    root = ET.Element(
        "svg",
        {
            "xmlns": _NAMESPACE,
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "titel uitleg",
            "font-family": "sans-serif",
            "font-size": "14",
        },
    )
    ET.SubElement(root, "title", {"id": "titel"}).text = title
    ET.SubElement(root, "desc", {"id": "uitleg"}).text = (
        f"Aantal aanbieders per bouwsteen en gemeente. {found.gaps} vakken hebben er geen of maar 1. "
        "Dezelfde getallen staan in de tabel."
    )
    ET.SubElement(root, "rect", {"width": str(width), "height": str(height), "fill": "#ffffff"})
    for column, place in enumerate(found.municipalities):
        x = _NAMES_WIDTH + column * _CELL_WIDTH + _CELL_WIDTH // 2
        _text(root, x, _HEAD_HEIGHT - 10, place.name, transform=f"rotate(-45 {x} {_HEAD_HEIGHT - 10})")
    for number, row in enumerate(found.rows):
        _row(root, row, _HEAD_HEIGHT + number * _CELL_HEIGHT, found.most)
    return ET.tostring(root, encoding="unicode", xml_declaration=False)


def _row(root: ET.Element, row: Row, y: int, most: int) -> None:
    name = row.block.title
    _text(root, 8, y + 22, name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…")
    for column, count in enumerate(row.counts):
        _cell(root, _NAMES_WIDTH + column * _CELL_WIDTH, y, count if row.applies else None, most)


def _cell(root: ET.Element, x: int, y: int, count: int | None, most: int) -> None:
    gap = count is not None and count <= FEW
    shade = 0 if not count else max(1, round((len(_SHADES) - 1) * count / max(most, 1)))
    box = {"x": str(x + 2), "y": str(y + 2), "width": str(_CELL_WIDTH - 4), "height": str(_CELL_HEIGHT - 4)}
    edge = {"stroke": _GAP if gap else "#8a8a8a", "stroke-width": "3" if gap else "1"}
    ET.SubElement(root, "rect", {**box, "fill": _SHADES[shade], **edge})
    words = "\N{EN DASH}" if count is None else "geen" if not count else "maar 1" if gap else str(count)
    ink = "#ffffff" if shade >= _DARK_FROM else _GAP if gap else _INK
    _text(root, x + _CELL_WIDTH // 2, y + 22, words, fill=ink, **{"text-anchor": "middle"})


def _text(root: ET.Element, x: int, y: int, words: str, **more: str) -> None:
    ET.SubElement(root, "text", {"x": str(x), "y": str(y), "fill": _INK, **more}).text = words
