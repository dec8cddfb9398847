"""The gates see what is wrong with a page, and let good pages pass."""

from __future__ import annotations

import gzip
import random
import string
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from wmo_guide.guide.gates import MAX_GZIP, Links, check_links, check_page, ids_in

GOOD = {
    "plain text": "<p>Hallo</p>",
    "ids": '<p id="een"></p><p id="twee"></p>',
    "anchor on the page": '<a href="#een">x</a><p id="een"></p>',
    "web addresses": '<a href="https://example.nl/">x</a> <a href="http://example.nl/">x</a>',
    "mail and telephone": '<a href="mailto:a@example.nl">x</a> <a href="tel:+31123456701">x</a>',
    "data in a script": '<script type="application/ld+json">{}</script>',
    "escaped code": "<p>&lt;script&gt;alert(1)&lt;/script&gt; onclick=&#34;x&#34; style=&quot;x&quot;</p>",
    "words like handlers": "<p>De zon=geel, online, onder</p>",
    "data attributes": '<p data-id="een"></p><p data-id="een"></p><p data-href="#geen"></p>',
}
BAD = {
    "double id": ('<p id="een"></p><p id="een"></p>', "een"),
    "dead anchor": ('<a href="#geen">x</a>', "#geen"),
    "dead anchor of an image": ('<img src="#geen">', "#geen"),
    "inline script": ("<script>alert(1)</script>", "script"),
    "inline script in capitals": ("<SCRIPT>alert(1)</SCRIPT>", "script"),
    "inline module": ('<script type="module">x</script>', "script"),
    "handler": ('<a onclick="x()">x</a>', "script"),
    "handler in capitals": ('<a ONCLICK="x()">x</a>', "script"),
    "handler on a new line": ('<a\nonmouseover="x()">x</a>', "script"),
    "style": ('<p style="color: red">x</p>', "style"),
    "frame": ('<iframe src="/"></iframe>', "script"),
    "object": ('<object data="/"></object>', "script"),
    "embed": ('<embed src="/">', "script"),
}
DEAD_LINKS = [
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//elders.example.nl/",
    "/\\elders.example.nl/",
    "/geen/",
    "/geen",
    "hulp/",
    "../hulp/",
    "/hulp",
    "/hulp/#geen",
    "/kosten/#een",
    "",
]
LIVE_LINKS = ["/", "/hulp/", "/hulp/index.html", "/hulp/#een", "/hulp/?q=a&amp;b=c", "/feed.xml", "/hulp/?q=1#een"]
FILES = ("index.html", "hulp/index.html", "kosten/index.html", "feed.xml")
IDS: Mapping[str, frozenset[str]] = {"/hulp/": frozenset({"een"})}


@pytest.mark.parametrize("html", GOOD.values(), ids=GOOD)
def test_good_page_passes(html: str) -> None:
    """A page without faults gives no problem and no link to look up."""
    links = Links()

    assert list(check_page("/p/", html, links)) == []
    assert links.inside == {}


def test_script_in_a_file_is_a_link_to_it() -> None:
    """A script in a file of the site is no fault of the page; whether the file is there is looked up."""
    links = Links()

    assert list(check_page("/p/", '<script src="/assets/zoeken.js" defer></script>', links)) == []
    assert links.inside == {"/assets/zoeken.js": {"": "/p/"}}


@pytest.mark.parametrize(("html", "told"), BAD.values(), ids=BAD)
def test_bad_page_is_told(html: str, told: str) -> None:
    """A page with a fault gives one problem that names the page and what is wrong."""
    (problem,) = map(str, check_page("/p/", html, Links()))

    assert problem.startswith("/p/: ")
    assert told in problem


@pytest.mark.parametrize("target", DEAD_LINKS)
@pytest.mark.parametrize("form", ['<a href="{}">x</a>', '<img src="{}">', '<form action="{}"></form>'])
def test_dead_link_is_told(target: str, form: str) -> None:
    """A link, picture or form that leads nowhere, or where the guide doesn't go, gives one problem naming the page."""
    (problem,) = _checked(form.format(target))

    assert problem.startswith("/p/: ")


@pytest.mark.parametrize("target", LIVE_LINKS)
def test_live_link_passes(target: str) -> None:
    """A link to a page, a file or a place on a page of the site gives no problem."""
    assert _checked(f'<a href="{target}">x</a>') == []


def test_site_under_a_path_knows_its_own_links() -> None:
    """Under a path, links with that path are known, and links without it are not."""
    links = Links()
    list(check_page("/p/", '<a href="/proef/hulp/">x</a><a href="/hulp/">y</a>', links))

    problems = [str(one) for one in check_links(links, FILES, _none, "/proef/")]

    assert len(problems) == 1
    assert '"/hulp/"' in problems[0]


def test_dead_link_is_told_once() -> None:
    """A dead link that many pages have is told once, with the first of them."""
    whole, other = Links(), Links()
    list(check_page("/een/", '<a href="/geen/">x</a>', whole))
    list(check_page("/twee/", '<a href="/geen/">x</a>', other))
    whole.merge(other)

    assert len(list(check_links(whole, FILES, _none, "/"))) == 1
    assert whole.inside == {"/geen/": {"": "/een/"}}


@given(st.text(st.sampled_from("ab\"'<>&#/:=;x \n"), max_size=30))
def test_escaped_text_is_never_a_fault(text: str) -> None:
    """Text that a template escaped, in a page or in an attribute, gives no problem whatever it says."""
    html = f'<p title="{escape(text)}">{escape(text)} onclick=&#34;x&#34; {escape(text)}</p>'

    assert list(check_page("/p/", html, Links())) == []


@pytest.mark.parametrize("size", [MAX_GZIP, 95_000, 130_000, 400_000])
@pytest.mark.parametrize("letters", [string.ascii_letters + string.digits, "\u00e9\u00eb\u20ac\u0133\u4e2d\U0001f600"])
def test_page_that_passes_is_never_too_heavy(size: int, letters: str) -> None:
    """A page passes exactly if it is, after gzip, within the limit."""
    page = "".join(random.Random(size).choices(letters, k=size))  # noqa: S311  (letters, no secret)
    heavy = len(gzip.compress(page.encode(), 6)) > MAX_GZIP

    problems = [str(one) for one in check_page("/p/", page, Links())]

    assert bool(problems) is heavy
    assert all("te zwaar" in problem for problem in problems)


def test_ids_are_found() -> None:
    """All ids of a page are found, and nothing that only looks like one."""
    assert ids_in('<p id="een"><b class="x" id="twee"></b><i data-id="drie"></i>id="vier"') == {"een", "twee"}


def _none(_address: str) -> tuple[str, ...]:
    return ()


def _checked(html: str) -> list[str]:
    links = Links()
    return [
        str(one)
        for one in (*check_page("/p/", html, links), *check_links(links, FILES, lambda one: IDS.get(one, ()), "/"))
    ]
