"""A bare Flask page: what a server does when the application does nothing."""

from __future__ import annotations

from flask import Flask


def create_app() -> Flask:
    """The application."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "<!doctype html><title>Kaal</title>")
    return app
