"""The server gives the pages of the release that is online, and nothing else."""

from __future__ import annotations

import os
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from provider_forms import create_app
from wmo_guide.guide.headers import HEADERS

HASHED = "assets/guide.0a1b2c3d.css"
FILES = {
    "index.html": "<p>Begin</p>",
    "404.html": "<p>Deze pagina is er niet</p>",
    "robots.txt": "User-agent: *",
    "sitemap.xml": "<urlset/>",
    "streek/index.html": "<p>Streek</p>",
    "streek/hulp/index.html": "<p>Hulp</p>",
    "streek/zoeken/woorden.json": "[]",
    "streek/feed.xml": "<feed/>",
    HASHED: "p{}",
    "assets/main.57a0d79d.min.css": "p{}",
    "assets/zoeken.2ab81890.js": "1",
    "assets/favicon.30369b0d.svg": "<svg/>",
    "assets/regio-streek.css": ":root{}",
    "leeg/blad.txt": "x",
}
HIDDEN = "staat buiten de site"


class Browser(FlaskClient):
    """Reads each answer to its end, as browsers do."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Asks for an address."""
        return super().open(*args, **{"buffered": True, **options})


def _application(site: Path) -> Flask:
    return create_app({"SITE_DIR": site, "VAR_DIR": site.parent / "var"})


def _client(site: Path) -> FlaskClient:
    app = _application(site)
    app.test_client_class = Browser
    return app.test_client()


def _release(site: Path, name: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = site / "releases" / name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def _switch(site: Path, name: str) -> None:
    link = site / ".fresh"
    link.symlink_to(Path("releases") / name)
    link.replace(site / "current")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site folder with one release, and secrets beside it."""
    site = tmp_path / "site"
    _release(site, "r1", FILES)
    _switch(site, "r1")
    for place in (tmp_path, site, site / "releases"):
        (place / "secret.txt").write_text(HIDDEN, encoding="utf-8")
    return site


@pytest.fixture
def client(site: Path) -> FlaskClient:
    """A browser at the guide."""
    return _client(site)


def _raw(client: FlaskClient, path: str, **options: Any) -> TestResponse:
    """Asks for a path as it stands in the request, without what a browser would tidy up."""
    return client.open("/", environ_overrides={"PATH_INFO": path, "RAW_URI": path, "REQUEST_URI": path}, **options)


@pytest.mark.parametrize(
    ("address", "text", "kind"),
    [
        ("/", "<p>Begin</p>", "text/html"),
        ("/streek/", "<p>Streek</p>", "text/html"),
        ("/streek/hulp/", "<p>Hulp</p>", "text/html"),
        ("/robots.txt", "User-agent: *", "text/plain"),
        ("/sitemap.xml", "<urlset/>", "application/xml"),
        ("/streek/feed.xml", "<feed/>", "application/xml"),
        ("/streek/zoeken/woorden.json", "[]", "application/json"),
        (f"/{HASHED}", "p{}", "text/css"),
        ("/assets/zoeken.2ab81890.js", "1", "text/javascript"),
        ("/assets/favicon.30369b0d.svg", "<svg/>", "image/svg+xml"),
    ],
)
def test_files_are_served(address: str, text: str, kind: str, client: FlaskClient) -> None:
    """Each file of the release is served at its address, with its kind."""
    answer = client.get(address)

    assert answer.status_code == HTTPStatus.OK
    assert answer.text == text
    assert answer.mimetype == kind


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/streek", "/streek/"),
        ("/streek/hulp", "/streek/hulp/"),
        ("/streek?q=post+en+geld", "/streek/?q=post+en+geld"),
        ("/streek?x=%0d%0aSet-Cookie:a", "/streek/?x=%0d%0aSet-Cookie:a"),
    ],
)
def test_folder_without_slash_leads_to_the_folder(asked: str, leads_to: str, client: FlaskClient) -> None:
    """The address of a folder without its last slash leads, for good, to the folder, with its question kept."""
    answer = client.get(asked)

    assert answer.status_code == HTTPStatus.PERMANENT_REDIRECT
    assert answer.headers.getlist("Location") == [leads_to]


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/",
        "//evil.example/..",
        "//streek",
        "///streek",
        "//streek/hulp",
        "/\\evil.example",
        "/\\/evil.example",
        "/%2f%2fevil.example",
        "/%5cevil.example",
        "/.//evil.example",
        "/streek//..//evil.example",
        "/streek/..//evil.example",
        "/streek/../streek",
        "//evil.example/../streek",
        "/\t/evil.example",
        "http://evil.example/streek",
        "@evil.example",
        "/streek\r\nLocation: //evil.example",
    ],
)
def test_no_address_leads_to_another_site(path: str, client: FlaskClient) -> None:
    """Whatever the address, an answer leads to a path of this site, whatever host the request names, or nowhere."""
    answer = _raw(client, path, headers={"Host": "evil.example"})
    target = answer.headers.get("Location", "/")

    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))
    assert "evil.example" not in answer.text
    if answer.status_code in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT):
        assert client.get(target).status_code != HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../secret.txt",
        "/streek/../../secret.txt",
        "/streek/../../../secret.txt",
        "/..",
        "/../",
        "/../r1/index.html",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..\\secret.txt",
        "/streek/..\\..\\secret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/C:/windows/win.ini",
        "/./../secret.txt",
        "/.../secret.txt",
        "/\x00",
        "/index.html\x00.txt",
        "/secret.txt\x00",
        "/~root/",
        "/current/index.html",
        "/releases/r1/index.html",
    ],
)
def test_nothing_outside_the_release_is_served(path: str, client: FlaskClient) -> None:
    """An address that climbs out of the release is an address that doesn't exist."""
    answer = _raw(client, path)

    assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.PERMANENT_REDIRECT)
    assert HIDDEN not in answer.text
    assert "root:" not in answer.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.lists(
        st.sampled_from(
            ["..", ".", "/", "\\", "secret.txt", "streek", "hulp", "%2e", "%2f", "\x00", "evil.example", "é", "\udcff"]
        )
        | st.text(max_size=5)
    ).map(lambda parts: "/" + "".join(parts))
)
def test_any_address_gets_an_answer(path: str, client: FlaskClient) -> None:
    """Whatever is asked, the answer is a page, a way to a page of this site, or that there is none; never a secret."""
    answer = _raw(client, path.encode("utf-8", "surrogateescape").decode("latin-1"))

    assert answer.status_code in (HTTPStatus.OK, HTTPStatus.PERMANENT_REDIRECT, HTTPStatus.NOT_FOUND)
    assert HIDDEN not in answer.text
    assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize("address", ["/bestaat-niet", "/streek/bestaat-niet/", "/leeg/", "/leeg", "/robots.txt/x"])
def test_unknown_address_gets_the_guides_own_page(address: str, client: FlaskClient) -> None:
    """An address that doesn't exist gets status 404 with the guide's own page."""
    answer = client.get(address)

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert answer.text == FILES["404.html"]
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("address", ["/" + "a" * 300, "/" + "a/" * 3000, "/streek/" + "é" * 200 + "/"])
def test_endless_address_does_not_exist(address: str, client: FlaskClient) -> None:
    """An address longer than a file system can bear is an address that doesn't exist."""
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_without_a_site_there_is_an_answer(tmp_path: Path) -> None:
    """Before the first build, the server says in plain text that the page isn't there."""
    answer = _client(tmp_path / "site").get("/")

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert answer.mimetype == "text/plain"
    assert "niet" in answer.text


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/"),
        ("HEAD", "/streek/"),
        ("GET", f"/{HASHED}"),
        ("GET", "/streek"),
        ("GET", "/bestaat-niet"),
        ("POST", "/"),
        ("DELETE", "/streek/"),
        ("OPTIONS", "/"),
        ("GET", "//streek"),
    ],
)
def test_every_answer_has_the_security_headers(method: str, address: str, client: FlaskClient) -> None:
    """Pages, files, redirects and errors all carry each security header once."""
    answer = _raw(client, address, method=method)

    for name, value in HEADERS.items():
        assert answer.headers.getlist(name) == [value]


def test_failure_has_the_security_headers_and_tells_nothing(site: Path) -> None:
    """When something breaks, the answer is status 500 with the security headers and without a trace of the inside."""
    app = _application(site)

    @app.get("/stuk/stuk")
    def broken() -> str:
        raise RuntimeError(HIDDEN)

    answer = app.test_client().get("/stuk/stuk")

    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert HIDDEN not in answer.text
    assert all(answer.headers.get(name) == value for name, value in HEADERS.items())


def test_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    """The content security policy names this site alone, and never allows inline code or frames."""
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert not {"unsafe", "http", "*"} & {word for value in policy.values() for word in value.replace("-", " ").split()}


@pytest.mark.parametrize(
    ("address", "forever"),
    [
        (f"/{HASHED}", True),
        ("/assets/main.57a0d79d.min.css", True),
        ("/assets/zoeken.2ab81890.js", True),
        ("/assets/favicon.30369b0d.svg", True),
        ("/assets/regio-streek.css", False),
        ("/", False),
        ("/streek/", False),
        ("/sitemap.xml", False),
        ("/streek/zoeken/woorden.json", False),
    ],
)
def test_only_files_named_by_their_content_are_kept(address: str, forever: object, client: FlaskClient) -> None:
    """A browser keeps a file for a year if its name tells its content; it asks again for everything else."""
    told = client.get(address).headers["Cache-Control"]

    assert ("immutable" in told and "max-age=31536000" in told) is forever
    assert ("no-cache" in told) is not forever


def test_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    """A browser that has the page gets status 304 without a body; one that has an older page gets the page."""
    first = client.get("/streek/")
    tag, day = first.headers["ETag"], first.headers["Last-Modified"]

    same = client.get("/streek/", headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (HTTPStatus.NOT_MODIFIED, b"")
    assert same.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert client.get("/streek/", headers={"If-Modified-Since": day}).status_code == HTTPStatus.NOT_MODIFIED
    other = client.get("/streek/", headers={"If-None-Match": '"something-else"'})
    assert (other.status_code, other.text) == (HTTPStatus.OK, FILES["streek/index.html"])


def test_head_has_no_body(client: FlaskClient) -> None:
    """HEAD gives the headers of the page, its length too, and no body."""
    answer, page = client.head("/streek/"), client.get("/streek/")

    assert answer.status_code == HTTPStatus.OK
    assert answer.data == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
        assert answer.headers[name] == page.headers[name]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", ["/", "/streek/", "/bestaat-niet"])
def test_guide_takes_nothing(method: str, address: str, client: FlaskClient) -> None:
    """Who wants to write to the guide is told that only reading is possible."""
    answer = client.open(address, method=method, data={"a": "b"})

    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))


def test_switch_is_seen_at_the_next_request(site: Path, client: FlaskClient) -> None:
    """A release that goes online while the server runs is what the next reader gets, new pages and lost ones too."""
    tag = client.get("/streek/").headers["ETag"]
    _release(
        site, "r2", {"index.html": "<p>Nieuw</p>", "404.html": "<p>Nieuw: niets</p>", "streek/index.html": "<p>S2</p>"}
    )
    _switch(site, "r2")

    assert client.get("/").text == "<p>Nieuw</p>"
    assert client.get("/streek/", headers={"If-None-Match": tag}).text == "<p>S2</p>"
    assert client.get("/streek/hulp/").text == "<p>Nieuw: niets</p>"


def test_page_of_the_same_size_in_the_same_moment_is_new(site: Path, client: FlaskClient) -> None:
    """A changed page is sent anew even if it was written within the same second and has the same number of bytes."""
    tag = client.get("/").headers["ETag"]
    _release(site, "r2", {"index.html": "<p>Einde</p>"})
    old, new = (site / "releases" / name / "index.html" for name in ("r1", "r2"))
    second = old.stat().st_mtime_ns // 10**9 * 10**9
    os.utime(new, ns=(second + 5 * 10**8, second + 5 * 10**8))
    _switch(site, "r2")

    assert client.get("/", headers={"If-None-Match": tag}).text == "<p>Einde</p>"


def test_settings_come_from_the_environment(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's folder can be named in the environment; what a caller asks for goes before it."""
    monkeypatch.setenv("WMO_VAR_DIR", str(site.parent / "var"))
    monkeypatch.setenv("WMO_SITE_DIR", str(site))
    assert create_app().config["SITE_DIR"] == site

    monkeypatch.setenv("WMO_SITE_DIR", "/nonexistent")
    assert create_app({"SITE_DIR": site}).config["SITE_DIR"] == site
