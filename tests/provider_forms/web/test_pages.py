"""What every page of the forms has."""

from __future__ import annotations

import re
from pathlib import Path

from tests.builders import HOME, REGION, ContentFolder
from tests.provider_forms.visiting import MANAGER, Forms, make_forms, text_of


def test_pages_name_their_organisation_and_stand_in_the_regions_frame(forms: Forms) -> None:
    """A page shows whose it is, has the region's name in its frame, and is not for search engines."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"

    answer = forms.signed_in().get(page)

    assert "Zorg van alfa-thuis" in text_of(answer)
    assert 'class="wg-brand__region"' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text
    assert answer.text.count("<h1>") == 1


def test_every_file_a_page_asks_for_is_there(forms: Forms) -> None:
    """Style sheets and pictures of a page come from the forms themselves, to be kept for ever."""
    page = forms.browser().get("/aanbieder/inloggen").text
    files = re.findall(r'<link[^>]+href="(/[^"]+)"', page)

    assert len(files) >= 4
    for file in files:
        answer = forms.browser().get(file)
        assert answer.status_code == 200, file
        assert "immutable" in answer.headers["Cache-Control"], file
        assert not str(answer.mimetype).startswith("application/"), file


def test_no_page_has_script_or_style_in_it(forms: Forms) -> None:
    """Pages obey the content security policy: nothing inline."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()

    for path in (page, "/aanbieder/inloggen", "/aanbieder/inloggen/x"):
        text = browser.get(path).text
        assert "<script" not in text, path
        assert "<style" not in text, path
        assert not re.search(r"\s(?:style|on\w+)=", text), path


def test_unknown_files_are_not_found(forms: Forms) -> None:
    """A file that isn't there, or a path that climbs out of the folder, is not found."""
    for path in ("forms.css", "forms.00000000.css", "../secret.key", "%2e%2e/secret.key", "..%2fdesk.db"):
        assert forms.browser().get(f"/formulieren/{path}").status_code == 404, path


def test_hostile_names_stay_text(forms: Forms) -> None:
    """HTML and template syntax in a name is shown as it was written."""
    forms.organisation(MANAGER)
    page = f"/aanbieder/{forms.organisation(MANAGER, slug='<b>{{ 7 * 7 }}</b>')}/collegas"

    text = forms.signed_in().get(page).text

    assert "&lt;b&gt;{{ 7 * 7 }}&lt;/b&gt;" in text


def test_a_changed_region_shows_at_once(tmp_path: Path, content: ContentFolder) -> None:
    """Pages follow the content folder without a restart; content that can't be read leaves the pages standing."""
    forms = make_forms(tmp_path / "var", content.root)
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)

    content.put(f"{HOME}/region.yaml", ("name",), "Nieuwe naam")
    renamed = browser.get(page)
    content.raw(f"{HOME}/region.yaml", "name: [")
    broken = browser.get(page)
    forms.desk.close()

    assert "Nieuwe naam" in renamed.text
    assert broken.status_code == 200
    assert REGION not in broken.text
