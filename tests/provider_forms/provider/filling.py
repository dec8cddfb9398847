"""Fills in pages of the form as a browser without JavaScript does: opens a page, changes answers, presses a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from provider_forms.desk import drafts
from provider_forms.desk.drafts import PartView
from provider_forms.web.door import AUTOSAVE
from provider_forms.web.forms import PREFIX
from tests.provider_forms.visiting import Browser, Forms

Fields: TypeAlias = dict[str, list[str]]
BY_SCRIPT = {AUTOSAVE: "1"}
"""Headers of a save by script."""
OFFERING = "aanbod/2024/post-en-papieren"
"""Page of the sample's fullest offering."""


def elements(answer: TestResponse, xpath: str) -> list[HtmlElement]:
    """The elements of a page at an XPath."""
    found = html.document_fromstring(answer.text).xpath(xpath)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, HtmlElement)]


def fields(answer: TestResponse) -> Fields:
    """What a browser would send for the page's form, as it stands there."""
    found: Fields = {}
    for one in elements(answer, "//form[contains(@class, 'wf-questions')]//*[self::input or self::textarea]"):
        if one.get("type") in ("radio", "checkbox") and "checked" not in one.attrib:
            continue
        text = (one.text or "").removeprefix("\n") if one.tag == "textarea" else one.get("value", "")
        found.setdefault(one.attrib["name"], []).append(text)
    return found


def filled(answer: TestResponse, answers: Mapping[str, str | list[str]], button: str = "verder") -> Fields:
    """The page's form with these answers changed; `levels.complexity` are the levels of one axis."""
    changed = {PREFIX + key: [value] if isinstance(value, str) else value for key, value in answers.items()}
    return {**fields(answer), **changed, **({"doe": [button]} if button else {})}


def fill_in(
    browser: Browser, path: str, answers: Mapping[str, str | list[str]], button: str = "verder"
) -> TestResponse:
    """Opens a page, changes these answers and presses a button."""
    return browser.post(path, filled(browser.get(path), answers, button))


def typed(answer: TestResponse, key: str) -> str | list[str]:
    """What a page shows as the answer to a question."""
    found = fields(answer).get(PREFIX + key, [])
    return found[0] if len(found) == 1 else found


def part(forms: Forms, organisation: int, name: str) -> PartView:
    """A part of the draft as it is stored."""
    with forms.desk.database.read() as session:
        found = drafts.part(session, organisation, name)
    assert found is not None, f"there is no part {name}"
    return found
