"""What a page asks for: from its own site only, with nothing refused, and the same with or without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.online import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_quiet(kind: str, phone: Page, examples: dict[str, str]) -> None:
    """This kind of page asks nothing of other sites, and the browser has nothing to complain of: no error, no refusal by the policy."""
    asked: list[str] = []
    complaints: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    phone.on("console", lambda message: complaints.append(message.text))
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    phone.goto(examples[kind])

    base = "/".join(examples[kind].split("/")[:3])
    missing = "Failed to load resource: the server responded with a status of 404"
    expected = [missing] if kind == "not_found" else []
    assert len(asked) > 1
    assert [url for url in asked if not url.startswith((f"{base}/", "data:"))] == []
    assert [one.split(" (")[0] for one in complaints] == expected


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("search", "nearby", "shortlist")])
def test_text_is_the_same_without_javascript(kind: str, phone: Page, old_phone: Page, examples: dict[str, str]) -> None:
    """A reader without JavaScript sees the same words on this kind of page, but for the buttons of the shortlist."""
    phone.goto(examples[kind])
    phone.evaluate("document.querySelectorAll('.wg-take, .wg-kept').forEach(one => one.remove())")
    old_phone.goto(examples[kind])

    words = old_phone.locator("body").inner_text()
    assert len(words) > 100
    assert words == phone.locator("body").inner_text()
