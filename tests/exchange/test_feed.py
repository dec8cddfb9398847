"""The feed is good Atom and the sitemap good XML, whatever stands in titles."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from wmo_guide.exchange.feed import Headline, atom_feed
from wmo_guide.exchange.sitemap import LARGEST, sitemaps

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOME = "https://gids.example.nl/duinrand/"
ADDRESS = HOME + "feed.xml"
HOSTILE = "</title><script>alert('x')</script> & \"aanhalingen\" ]]> <![CDATA[ &lt; &amp; <!--"
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40)


def headline(
    title: str = "Nieuw", path: str = "nieuws/een/", day: date = date(2025, 3, 4), summary: str = "Kort."
) -> Headline:
    """One entry."""
    return Headline(title, HOME + path, day, summary)


def feed(*items: Headline, title: str = "Nieuws") -> etree._Element:
    """The feed, read by a parser that fetches nothing."""
    data = atom_feed(title=title, home=HOME, address=ADDRESS, author="Redactie", items=items)
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _texts(node: etree._Element, name: str) -> list[str]:
    return [one.text or "" for one in node.iter(ATOM + name)]


def test_feed_has_what_atom_asks_for() -> None:
    """The feed and each entry have one id, one title and one moment; the feed has an author and links to itself and home."""
    root = feed(headline(), headline(path="nieuws/twee/"))

    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    for node in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(node.findall(ATOM + name)) == 1
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Redactie"
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": ADDRESS,
        "alternate": HOME,
    }
    assert len(root.findall(f"{ATOM}entry/{ATOM}link[@href]")) == 2


def test_feed_says_that_it_is_utf8() -> None:
    """The bytes begin with a declaration of XML 1.0 in UTF-8, and are."""
    data = atom_feed(title="Café", home=HOME, address=ADDRESS, author="é", items=[headline("Oekraïne")])

    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert "Oekraïne" in data.decode()


def test_newest_comes_first() -> None:
    """Entries stand from new to old, those of one day in a fixed order, in whatever order they were given."""
    items = [headline(path=f"nieuws/{day}-{name}/", day=date(2025, 3, day)) for day in (2, 9, 5) for name in "ab"]

    orders = [_texts(feed(*given), "id")[1:] for given in (items, items[::-1])]

    assert orders[0] == orders[1]
    assert [one.rpartition("#")[2] for one in orders[0]] == ["2025-03-09"] * 2 + ["2025-03-05"] * 2 + ["2025-03-02"] * 2


def test_feed_is_as_new_as_its_newest_entry() -> None:
    """The feed's moment is that of its newest entry; without entries it is a fixed moment, so that bytes stay the same."""
    assert _texts(feed(headline(day=date(2024, 1, 1)), headline(day=date(2025, 3, 4))), "updated")[0] == (
        "2025-03-04T00:00:00Z"
    )
    assert _texts(feed(), "updated") == ["1970-01-01T00:00:00Z"]


def test_ids_are_full_addresses_that_differ() -> None:
    """Each id is a full address; a page that changed on two days has two entries with two ids."""
    ids = _texts(feed(headline(day=date(2025, 1, 1)), headline(day=date(2025, 1, 2)), headline(path="x/")), "id")

    assert len(set(ids)) == 4
    assert all(urlsplit(one).scheme == "https" and urlsplit(one).netloc for one in ids)


def test_hostile_titles_stay_text() -> None:
    """Markup in a title, summary or address reads as text and makes no element."""
    items = [headline(HOSTILE, 'x/"><script>/', summary=HOSTILE)]

    root = feed(*items, title=HOSTILE)

    assert _texts(root, "title") == [HOSTILE, HOSTILE]
    assert _texts(root, "summary") == [HOSTILE]
    assert root.findall(f"{ATOM}entry/{ATOM}link")[0].get("href") == items[0].address
    assert not [node for node in root.iter() if "script" in str(node.tag)]


@given(TEXTS, TEXTS)
def test_any_title_comes_back(title: str, summary: str) -> None:
    """Whatever text staff write, a reader of the feed gets it as it was."""
    root = feed(headline(title, summary=summary))

    assert _texts(root, "title")[1] == title
    assert _texts(root, "summary") == [summary]


def test_same_entries_give_same_bytes() -> None:
    """Two feeds of the same entries are equal byte by byte."""
    feeds = {atom_feed(title="a", home=HOME, address=ADDRESS, author="b", items=[headline()]) for _ in range(2)}

    assert len(feeds) == 1


def test_sitemap_lists_addresses_with_their_day() -> None:
    """Each page stands in the sitemap with its address and its day."""
    files = sitemaps([(HOME, date(2025, 3, 4)), (HOME + "a/?b=1&c=2", date(2026, 1, 2))], HOME)
    root = etree.fromstring(files["sitemap.xml"])

    assert root.tag == f"{MAP}urlset"
    assert [node.text for node in root.iter(f"{MAP}loc")] == [HOME, HOME + "a/?b=1&c=2"]
    assert [node.findtext(f"{MAP}lastmod") for node in root] == ["2025-03-04", "2026-01-02"]


def test_no_address_is_left_out_of_a_large_sitemap() -> None:
    """More pages than the protocol allows in one file are spread over files that sitemap.xml lists."""
    entries = [(f"{HOME}{index}/", date(2026, 1, 2)) for index in range(LARGEST + 1)]
    files = sitemaps(entries, HOME)
    listed = [node.text for node in etree.fromstring(files["sitemap.xml"]).iter(f"{MAP}loc")]
    parts = [etree.fromstring(files[name]) for name in files if name != "sitemap.xml"]

    assert listed == [f"{HOME}{name}" for name in files if name != "sitemap.xml"]
    assert [len(part) for part in parts] == [LARGEST, 1]
