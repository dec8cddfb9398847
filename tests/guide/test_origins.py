"""A fault that shows only on a page is told as the loader tells its problems: the file, the line, the key, what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.builders import HOME, PLAIN_REGION, REGION, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, book_of, online, printed, refused, untouched
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.faults import Fault
from wmo_guide.guide.origins import complaints
from wmo_guide.guide.plan import plan_pages
from wmo_guide.publication import Publication
from wmo_guide.publishing import RefusedError, publish
from wmo_guide.store.problem import key_text

HEAD = "---\ntitle: Proef\ndescription: Een proef.\nupdated: 2025-12-01\nsources: [redactie]\n---\n\nEen zin.\n\n"
LINE = HEAD.count("\n") + 1
"""The line on which the text of a proof begins."""
LONG = "\n\n".join(os.urandom(500).hex() for _ in range(140))
"""More than a phone can bear, however well it is packed."""
KINDS = ("pages", "factsheets", "news")
DEAD = {
    "page": (f"[x](/{REGION}/bestaat-niet/)", "komt nergens uit"),
    "page with a typing error": (f"[x](/{REGION}/kostn/)", f'Bedoelde u "/{REGION}/kosten/"?'),
    "page without its last slash": (f"[x](/{REGION}/kosten)", f'Bedoelde u "/{REGION}/kosten/"?'),
    "page with a title": (f'[x](/{REGION}/bestaat-niet/ "Titel")', "komt nergens uit"),
    "page in brackets": (f"[x](</{REGION}/bestaat-niet/>)", "komt nergens uit"),
    "page with a question": (f"[x](/{REGION}/bestaat-niet/?a=1&b=2)", "a=1&b=2"),
    "page of another region": (f"[x](/{PLAIN_REGION}/bestaat-niet/)", f"/{PLAIN_REGION}/bestaat-niet/"),
    "page of a region that isn't there": ("[x](/utopia/kosten/)", "/utopia/kosten/"),
    "place on another page": (f"[x](/{REGION}/gemeenten/zandhoek/#contct)", 'Bedoelde u "#contact"?'),
    "place on the page itself": ("[x](#nergens)", "#nergens"),
    "picture": (f"![x](/{REGION}/foto.jpg)", "geen eigen plaatjes"),
    "address that depends on the page": ("[x](kosten/)", 'Begin een adres in de gids met "/"'),
    "heading that the page has already": ("## Inhoud", "Geef deze kop"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", DEAD)
def test_fault_in_markdown_is_told_at_its_line(
    kind: str, fault: str, content: ContentFolder, site: Path, cache: Path
) -> None:
    """A page, a factsheet or news with a dead link, place or picture gives one problem with the file and the line."""
    markdown, told = DEAD[fault]
    content.raw(f"{HOME}/{kind}/proef.md", f"{HEAD}{markdown}\n")

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{HOME}/{kind}/proef.md:{LINE}: ")
    assert told in problem


def test_link_by_reference_is_told_where_the_address_stands(content: ContentFolder, site: Path, cache: Path) -> None:
    """Of a link whose address stands at the end of the text, the line of the address is told."""
    content.raw(f"{HOME}/pages/proef.md", f"{HEAD}Lees [dit][1].\n\nMeer tekst.\n\n[1]: /nergens/\n")

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{HOME}/pages/proef.md:{LINE + 4}: ")


def test_every_line_with_a_dead_link_is_told(content: ContentFolder, site: Path, cache: Path) -> None:
    """One dead address in three places gives three problems, in the order of files and lines."""
    content.raw(f"{HOME}/news/proef.md", f"{HEAD}[x](/nergens/)\n")
    content.raw(f"{HOME}/pages/proef.md", f"{HEAD}[x](/nergens/)\n\n[y](/nergens/)\n\n[z](/nergens/anders/)\n")

    problems = refused(content, site, cache)

    assert [problem.removeprefix(f"{content.root}/{HOME}/").split(": ")[0] for problem in problems] == [
        f"news/proef.md:{LINE}",
        f"pages/proef.md:{LINE}",
        f"pages/proef.md:{LINE + 2}",
        f"pages/proef.md:{LINE + 4}",
    ]


def test_shared_page_is_told_once(content: ContentFolder, site: Path, cache: Path) -> None:
    """A dead link on a page that all regions share is one problem, in the shared file."""
    name = "shared/pages/proef.md"
    content.raw(name, f"{HEAD.replace('sources: [redactie]', 'sources: []')}[x](#nergens)\n")

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{name}:{LINE}: ")


STANDING = ("zo-werkt-het", "kosten", "over", "toegankelijkheid", "privacy")


@pytest.mark.parametrize(
    ("region", "page"),
    [(PLAIN_REGION, "professionals"), *((region, page) for region in (REGION, PLAIN_REGION) for page in STANDING)],
)
def test_page_of_every_region_is_asked_for(
    region: str, page: str, content: ContentFolder, site: Path, cache: Path
) -> None:
    """When a page that every region has is taken away from one, its file is asked for, also when no link leads there."""
    files = [content.path(name) for name in (f"regions/{region}/pages/{page}.md", f"shared/pages/{page}.md")]
    text = next(file.read_text(encoding="utf-8") for file in files if file.exists())
    for file in files:
        file.unlink(missing_ok=True)
    other = PLAIN_REGION if region == REGION else REGION
    content.raw(f"regions/{other}/pages/{page}.md", text)

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/regions/{region}/pages/{page}.md: Deze pagina ontbreekt")


def test_address_of_the_guide_itself_is_refused_by_the_file(content: ContentFolder, site: Path, cache: Path) -> None:
    """A page of staff that wants the address of one of the guide's own pages is told by its file."""
    printed(content, site, cache)
    content.raw(f"{HOME}/pages/gemeenten.md", f"{HEAD}Tekst.\n")
    with untouched(site):
        (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{HOME}/pages/gemeenten.md: ")
    assert f'"/{REGION}/gemeenten/" is ook van een pagina die de gids zelf maakt' in problem


def test_two_files_with_one_address_are_both_told(content: ContentFolder, site: Path, cache: Path) -> None:
    """Of two files that make one address each is told, with the name of the other."""
    content.raw(f"{HOME}/pages/factsheets.md", f"{HEAD}Tekst.\n")
    content.raw(f"{HOME}/pages/proef.md", HEAD.replace("title:", "under: factsheets\ntitle:"))
    content.raw(f"{HOME}/factsheets/proef.md", f"{HEAD}Tekst.\n")

    problems = refused(content, site, cache)

    told = {problem.removeprefix(f"{content.root}/").split(": ")[0]: problem for problem in problems}
    assert list(told) == [f"{HOME}/factsheets/proef.md", f"{HOME}/pages/factsheets.md", f"{HOME}/pages/proef.md"]
    assert f"{HOME}/pages/proef.md" in told[f"{HOME}/factsheets/proef.md"].partition(": ")[2]
    assert f"{HOME}/factsheets/proef.md" in told[f"{HOME}/pages/proef.md"].partition(": ")[2]


def test_taken_address_does_not_hide_a_dead_link(content: ContentFolder, site: Path, cache: Path) -> None:
    """Problems of addresses and of links come together."""
    content.raw(f"{HOME}/pages/gemeenten.md", f"{HEAD}Tekst.\n")
    content.raw(f"{HOME}/pages/proef.md", f"{HEAD}[x](/nergens/)\n")

    problems = refused(content, site, cache)

    assert [problem.removeprefix(f"{content.root}/{HOME}/pages/").split(":")[0] for problem in problems] == [
        "gemeenten.md",
        "proef.md",
    ]


def test_heavy_page_of_a_provider_is_told_by_its_file(content: ContentFolder, site: Path, cache: Path) -> None:
    """A provider that writes more than a phone can bear is told by its file in the content folder."""
    alfa = f"{PROVIDERS}/alfa-thuis.yaml"
    place = content.tree(alfa)["locations"][0]
    answers = {key: value for key, value in place["answers"].items() if isinstance(value, str)}
    more = [{"key": f"plek-{nr}", "answers": answers | {"name": os.urandom(40).hex()}} for nr in range(1200)]
    content.put(alfa, ("locations",), [place, *more])

    problems = refused(content, site, cache)

    line = content.text(alfa).split("\n").index("locations:") + 1
    assert any(
        problem.startswith(f"{content.root}/{alfa}:{line}: locations: De pagina is te zwaar") for problem in problems
    )


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (f"{HOME}/matrix/2024.yaml", ("areas", 0, "blocks", 0, "summary")),
        (f"{HOME}/facilities.yaml", ("facilities", 0, "summary")),
        (f"{HOME}/region.yaml", ("contacts", 0, "text")),
        (f"{HOME}/situations.yaml", ("situations", 0, "text")),
    ],
)
def test_heavy_pages_are_told_by_the_text_that_makes_them_heavy(
    name: str, path: tuple[str | int, ...], content: ContentFolder, site: Path, cache: Path
) -> None:
    """A text that is far too long gives one problem, at its own line, however many pages show it."""
    content.put(name, path, LONG)
    line = next(number for number, text in enumerate(content.text(name).split("\n"), 1) if LONG[:50] in text)

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{name}:{line}: {key_text(path)}: Een pagina met deze tekst is te zwaar")


def test_heavy_article_is_told_where_its_text_begins(content: ContentFolder, site: Path, cache: Path) -> None:
    """An article that is far too long is told at the line below its head."""
    content.raw(f"{HOME}/pages/proef.md", f"{HEAD}{LONG}\n")

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{HOME}/pages/proef.md:7: Een pagina met deze tekst")


@pytest.mark.parametrize("address", ["voorzieningen", "kosten-elders", "vragen", "woordenlijst", "hulp"])
def test_taken_address_is_one_problem(address: str, content: ContentFolder, site: Path, cache: Path) -> None:
    """A page of staff on an address of the guide is told once; links into the page that was there are not its readers' fault."""
    content.raw(f"{HOME}/pages/{address}.md", f"{HEAD}Tekst.\n")
    if address == "kosten-elders":  # an address of its own
        printed(content, site, cache)
        return

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{HOME}/pages/{address}.md: ")


def test_mail_address_in_brackets_is_a_link(content: ContentFolder, site: Path, cache: Path) -> None:
    """A mail address between < and >, as Markdown has it, is published as a link that a browser and the gates can read."""
    content.raw(f"{HOME}/pages/proef.md", f"{HEAD}Mail naar <loket@duinrand.example.nl>.\n")

    printed(content, site, cache)

    page = (online(site) / REGION / "proef" / "index.html").read_text(encoding="utf-8")
    assert '<a href="mailto:loket@duinrand.example.nl">loket@duinrand.example.nl</a>' in page


def test_record_that_takes_a_place_of_the_page_is_told_under_its_key(
    content: ContentFolder, site: Path, cache: Path
) -> None:
    """A question whose key is a place that every page has already is told at the line of its key."""
    name = f"{HOME}/faq.yaml"
    content.put(name, ("questions", 0, "key"), "inhoud")
    line = next(number for number, text in enumerate(content.text(name).split("\n"), 1) if "key: inhoud" in text)

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{name}:{line}: questions[0].key: ")


def test_site_under_a_path_tells_addresses_as_staff_write_them(content: ContentFolder, site: Path, cache: Path) -> None:
    """Under a path, a dead link is told at its line with the address that stands there."""
    content.raw(f"{HOME}/pages/proef.md", f"{HEAD}[x](/{REGION}/kostn/)\n")
    order = Publication(
        content=content.root, site_dir=site, cache_dir=cache, day=TODAY, site=Site("/proef/", "https://example.nl")
    )

    with pytest.raises(RefusedError) as caught:
        publish(order)

    (problem,) = caught.value.problems
    assert problem.startswith(f"{content.root}/{HOME}/pages/proef.md:{LINE}: ")
    assert f'"/{REGION}/kostn/" komt nergens uit. Bedoelde u "/{REGION}/kosten/"?' in problem


@pytest.mark.parametrize("region", [REGION, PLAIN_REGION])
def test_every_page_comes_from_files_that_are_there(region: str, sample: ContentFolder) -> None:
    """For a page of whatever kind a fault is blamed on files of the content folder that exist."""
    book = book_of(sample, region)
    pages = [f"/{page.url.removeprefix('/')}index.html" for _, page in plan_pages(book)]

    told = complaints([Fault(page, "code") for page in pages], [book.catalogue], TODAY, Site())

    assert [one.fault.page for one in told] == pages
    assert [one.fault.page for one in told if not any(sample.path(file).is_file() for file in one.files)] == []
