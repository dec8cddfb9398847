"""The one cookie: a random token. It tells who is signed in, and ties the forms of a page to the browser that got it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, current_app, g, request

from provider_forms.desk.secret import is_token, new_token

_KEPT = timedelta(days=30)
"""Longer than any session: what is typed after a session ended can still be given back to whoever typed it."""


def init_app(app: Flask) -> None:
    """Makes the application send the cookie where it changed."""
    app.after_request(_send)


def value() -> str:
    """The browser's token, made when it has none; then the answer takes it along."""
    if "cookie" not in g:
        sent = request.cookies.get(_name(), "")
        if is_token(sent):
            g.cookie = sent
        else:
            renew(new_token())
    token: str = g.cookie
    return token


def sent() -> str | None:
    """The token that the browser sent; None when it sent none."""
    found = request.cookies.get(_name(), "")
    return found if is_token(found) else None


def renew(token: str) -> None:
    """Gives the browser another token from now on."""
    g.cookie = token
    g.cookie_is_new = True


def _name() -> str:
    # __Host- : no other site under the same domain can set it.
    return "__Host-wmo" if current_app.config["SECURE"] else "wmo"


def _send(response: Response) -> Response:
    if g.get("cookie_is_new"):
        response.set_cookie(
            _name(),
            g.cookie,
            max_age=_KEPT,
            path="/",
            secure=current_app.config["SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response
