"""The table of postcodes: read whole, and each wrong line told with its number."""

from __future__ import annotations

import pytest

from tests.builders import HOME, REGION, ContentFolder

FILE = f"{HOME}/postcodes.csv"


def test_table_is_read(content: ContentFolder) -> None:
    """Each line is an area with its place and point; spaces and empty lines don't matter."""
    content.raw(FILE, "pc4,place,lat,lon\r\n1234, Zandhoek ,52.5,4.75\r\n\r\n1235,Helmdorp,52.6,4.8\r\n")

    areas = content.catalogue(REGION).standards.postcodes

    assert [(one.pc4, one.place, *one.spot) for one in areas] == [
        ("1234", "Zandhoek", 52.5, 4.75),
        ("1235", "Helmdorp", 52.6, 4.8),
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "Begin met de regel pc4,place,lat,lon."),
        ("pc4;place;lat;lon\n", 1, "Begin met de regel"),
        ("pc4,place,lat,lon\n1234,Zandhoek,52.5\n", 2, "horen 4 dingen"),
        ("pc4,place,lat,lon\n123,Zandhoek,52.5,4.7\n", 2, '"123" is geen begin van een postcode'),
        ("pc4,place,lat,lon\n1234,Zandhoek,52.5,4.7\n1234,Helmdorp,52.5,4.7\n", 3, "staat er twee keer"),
        ("pc4,place,lat,lon\n1234,,52.5,4.7\n", 2, "De naam van de plaats ontbreekt."),
        ("pc4,place,lat,lon\n1234,Zandhoek,4.7,52.5\n", 2, 'lat "4.7" ligt niet in Nederland'),
        ("pc4,place,lat,lon\n1234,Zandhoek,52.5,nan\n", 2, 'lon "nan" ligt niet in Nederland'),
        ("pc4,place,lat,lon\n1234,Zandhoek,52.5,oost\n", 2, 'lon "oost"'),
    ],
)
def test_each_wrong_line_is_told(text: str, line: int, says: str, content: ContentFolder) -> None:
    """A line that is wrong is told with its number and what to do."""
    content.raw(FILE, text)

    problems = content.problems()

    assert [(one.file, one.line) for one in problems] == [(FILE, line)]
    assert says in problems[0].message
