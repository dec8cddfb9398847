"""When something of ours breaks, nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from provider_forms.desk.models import Kept
from tests.builders import REGION
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, administrator
from tests.provider_forms.staff.editing import INHOUD, editor
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of

_TYPED = "Nog niet af <b>&"
_SHOWN = "Nog niet af &lt;b&gt;&amp;"
_FILLED = {"region": REGION, "kind": "nieuws", "number": "2026-0001"}


def _breaks(**_arguments: Any) -> str:
    raise ZeroDivisionError


def _posting(forms: Forms, blueprint: str) -> list[Rule]:
    rules = forms.app.url_map.iter_rules()
    return [one for one in rules if one.endpoint.startswith(f"{blueprint}.") and "POST" in (one.methods or ())]


def _address(forms: Forms, rule: Rule, organisation: int) -> str:
    values: dict[str, Any] = {}
    for name in rule.arguments:
        is_number = type(rule._converters[name]).__name__ == "IntegerConverter"  # noqa: SLF001  (werkzeug has no other way)
        values[name] = 1 if is_number else _FILLED.get(name, "x")
    values.update({"organisation": organisation} if "organisation" in values else {})
    return forms.app.url_map.bind("gids.test").build(rule.endpoint, values, method="POST")


@pytest.mark.parametrize("blueprint", ["staff", "provider"])
def test_every_posting_page_keeps_what_was_typed(forms: Forms, blueprint: str) -> None:
    """Whichever page breaks when it is posted to, the answer shows what was typed, to copy, and it is kept for its writer."""
    organisation = forms.organisation(MANAGER, ADMINISTRATOR)
    browser = administrator(forms)
    rules = _posting(forms, blueprint)
    assert len(rules) > 8
    for rule in rules:
        forms.app.view_functions[rule.endpoint] = _breaks
        address = _address(forms, rule, organisation)

        answer = browser.post(address, {"a.tekst": _TYPED})

        assert answer.status_code == 500, address
        assert _SHOWN in answer.text, address
        with forms.desk.database.read() as session:
            assert session.scalar(select(Kept).where(Kept.name == address)), address


def test_typing_comes_back_after_a_break(forms: Forms) -> None:
    """Once it is mended, the page of a member of staff shows what was typed when it broke."""
    mine = editor(forms)
    right = forms.app.view_functions["staff.content_add"]
    forms.app.view_functions["staff.content_add"] = _breaks
    broken = mine.edit("/nieuws/nieuw", {"a.title": _TYPED})
    forms.app.view_functions["staff.content_add"] = right

    again = mine.browser.get(f"{INHOUD}/{REGION}/nieuws/nieuw")

    assert "Wij hebben bewaard wat u typte" in text_of(broken)
    assert _SHOWN in again.text
    assert "U ziet wat u hier het laatst typte" in text_of(again)


@pytest.mark.parametrize("door", ["staff", "provider"])
def test_a_text_that_breaks_its_page_is_shown_elsewhere(
    forms: Forms, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    """A page that breaks on the very text that was kept for it shows it once to copy, and opens without it from then on."""
    browser, page = _with_kept_text(forms, door)
    module = "staff.content_item" if door == "staff" else "provider.saving"
    monkeypatch.setattr(f"provider_forms.{module}._AGAIN", _Unreadable())

    first, second = browser.get(page), browser.get(page)

    assert first.status_code == 500
    assert _SHOWN in first.text
    assert second.status_code == 200
    assert _SHOWN not in second.text


class _Unreadable:
    """What a template can't show."""

    def __html__(self) -> str:
        raise ZeroDivisionError


def _with_kept_text(forms: Forms, door: str) -> tuple[Browser, str]:
    """A page for which a text was kept, because it was sent with a wrong token."""
    if door == "staff":
        browser, page, field = editor(forms).browser, f"{INHOUD}/{REGION}/nieuws/nieuw", "a.title"
    else:
        page, field = f"/aanbieder/{forms.organisation(MANAGER)}/organisatie", "a.description"
        browser = forms.signed_in()
    browser.get(page)
    browser.token = "0" * 64
    browser.post(page, {field: _TYPED, "tab": "0123abcd"})
    browser.again = ""
    return browser, page
