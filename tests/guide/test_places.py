"""Where places lie, and where a location is counted to be."""

from __future__ import annotations

import json
from datetime import date

from tests.builders import HOME, ContentFolder
from tests.guide.printing import book_of
from wmo_guide.domain.postcodes import Spot
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.nearby import Nearby
from wmo_guide.guide.places import Places, known_places
from wmo_guide.publication import ROOT
from wmo_guide.store.load import load


def _shipped() -> Book:
    return Book(load(ROOT / "content", ["alkmaar"]).catalogues[0], date(2026, 12, 1), Site())


def test_places_of_the_country_are_known() -> None:
    """The list has the country's places, apart by province when two bear one name."""
    assert len(known_places()) > 1800
    assert known_places()["Noord-Holland", "heiloo"][1] == Spot(52.60252, 4.68815)
    assert known_places()["Noord-Holland", "laren"] != known_places()["Gelderland", "laren"]


def test_a_place_that_is_not_known_borrows_the_main_place() -> None:
    """A village without a point of its own stands where its municipality's largest place does, and says so."""
    found = {one.name: one for one in Places(_shipped()).all}

    assert found["Heiloo"].near == ""
    assert found["Assum"].near == "Uitgeest"
    assert found["Dijk en Waard"].near == "Heerhugowaard"
    assert found["Assum"].spot == found["Uitgeest"].spot


def test_only_the_regions_places_go_into_the_site() -> None:
    """The file has the region's own places and the locations of providers that are shown, with the help given there."""
    book = _shipped()
    told = json.loads(Nearby.of(book).files()["alkmaar/dichtbij/plekken.json"])

    own = {place for one in book.municipalities for place in (*one.places, one.name.partition(" (")[0])}
    assert {one[0] for one in told["places"]} == own
    assert len(told["locations"]) == sum(len(one.locations) for one in book.providers)
    assert any(row[7] for row in told["locations"])
    towns = dict(told["municipalities"])
    assert towns == {one.slug: one.name for one in book.region.municipalities}
    assert told["municipalities"][next(one[4] for one in told["places"] if one[0] == "Egmond-Binnen")][0] == "bergen"


def test_a_postcode_that_staff_told_goes_before_the_place(content: ContentFolder) -> None:
    """A location whose postcode is in the region's table lies where the table says."""
    content.raw(f"{HOME}/postcodes.csv", "pc4,place,lat,lon\n1234,Zandhoek,52.5,4.75\n")

    assert Places(book_of(content)).spot("1234 AB", "Zandhoek", "zandhoek") == (Spot(52.5, 4.75), "")
    assert Places(book_of(content)).spot("9999 AB", "Nergens", "zandhoek") is None
