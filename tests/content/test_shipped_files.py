"""Every file of content/ is read without a problem, and holds nobody's data."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from wmo_guide.guide.icons import is_icon
from wmo_guide.store.load import Loaded, load

CONTENT = Path(__file__).resolve().parents[2] / "content"
FILES = sorted(
    path.relative_to(CONTENT).as_posix()
    for path in CONTENT.rglob("*")
    if path.is_file() and path.relative_to(CONTENT).as_posix() != "README.md"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FUNCTIONAL = ("contractmanagement@alkmaar.nl", "transferpunt@alkmaar.nl")
_PHONE = re.compile(r"(?<![\w.,-])(?:\+31|0)[\d ()-]{8,14}\d(?!\w)")
_SERVICE = re.compile(r"0[89]00\d{4,7}")
_HONORIFIC = re.compile(r"\b(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Mm]evr\.|[Dd]hr\.|[Dd]rs\.|[Mm]r\.) [A-Z]\w+")


def _numbers(text: str) -> set[str]:
    return {re.sub(r"[ ()-]", "", one) for one in _PHONE.findall(text)}


@lru_cache
def loaded() -> Loaded:
    """All shipped content, with pictograms checked."""
    return load(CONTENT, is_icon=is_icon)


def test_content_was_found() -> None:
    """The shipped content has its three regions, and all kinds of files are under test."""
    assert {one.slug for one in loaded().catalogues} >= {"alkmaar", "noord-midden-drenthe", "holland-rijnland"}
    assert len(FILES) > 60
    assert {Path(file).parent.name for file in FILES} >= {
        "questions",
        "pages",
        "matrix",
        "conversion",
        "providers",
        "factsheets",
        "news",
    }


@pytest.mark.parametrize("file", FILES)
def test_file_has_no_problem(file: str) -> None:
    """The file is read, and nothing in it is wrong."""
    assert [str(problem) for problem in loaded().problems if problem.file == file] == []


def test_folder_has_no_problem() -> None:
    """No problem is told of the folder as a whole either."""
    assert [str(problem) for problem in loaded().problems] == []


@pytest.mark.parametrize("file", FILES)
def test_mail_addresses_are_nobodys_own(file: str) -> None:
    """Mail addresses are functional mailboxes that a source names, or lie under example.nl."""
    found = set(_MAIL.findall((CONTENT / file).read_text(encoding="utf-8")))

    assert {one for one in found if one not in _FUNCTIONAL and not re.search(r"[@.]example\.nl$", one)} == set()


@pytest.mark.parametrize("file", FILES)
def test_telephone_numbers_are_nobodys_own(file: str) -> None:
    """Telephone numbers are made up in the range 012 345 67 xx, or are public service numbers."""
    found = _numbers((CONTENT / file).read_text(encoding="utf-8"))
    odd = {one for one in found if not re.fullmatch(r"01234567\d\d", one) and not _SERVICE.fullmatch(one)}

    assert odd == set()


@pytest.mark.parametrize("file", FILES)
def test_nobody_is_named(file: str) -> None:
    """Nobody is called by title and name, and offers are confirmed by a role."""
    text = (CONTENT / file).read_text(encoding="utf-8")

    assert _HONORIFIC.findall(text) == []
    assert all(re.fullmatch(r"de [a-z ]+", role) for role in re.findall(r"^\s*by: (.+)$", text, re.MULTILINE))


def test_patterns_find_what_they_should() -> None:
    """The patterns above do find a person's mail, telephone and name."""
    text = "Bel mevrouw Jansen, 06 12345678 of (072) 548 88 88, of mail p.jansen@alkmaar.nl."

    assert _MAIL.findall(text) == ["p.jansen@alkmaar.nl"]
    assert _numbers(text) == {"0612345678", "0725488888"}
    assert _HONORIFIC.findall(text) == ["mevrouw Jansen"]
