"""What prose will look like in the guide: by the very code that makes the guide's pages."""

from __future__ import annotations

from threading import Lock

from flask import Response, request
from markupsafe import Markup

from provider_forms.desk.content_form import TEXT
from provider_forms.staff import staff
from provider_forms.web.forms import AnswerForm
from wmo_guide.domain.checks.markdown import heavy_markdown
from wmo_guide.guide.prose import prose

_LONGEST = 100_000
_MOST_SLIPS = 5
_ONE_AT_A_TIME = Lock()
"""The converter keeps what it is working on in itself."""


@staff.post("/inhoud/voorbeeld")
def content_preview() -> Response:
    """The HTML of a piece of Markdown, for the script beside the text. It holds nothing that can run."""
    return Response(article_html(request.form.get("tekst", "")[:_LONGEST]), mimetype="text/html")


def preview(form: AnswerForm) -> dict[str, Markup]:
    """Each prose answer as the guide shows it, by the label of its question."""
    found = {}
    for one in form.fields:
        if one.question.kind == "text" and not one.blank:
            found[one.question.label] = article_html(one.text) if one.question.key == TEXT else prose(one.text)
    return found


def article_html(text: str) -> Markup:
    """A piece of Markdown as the guide shows it; what is wrong instead, when it would hold the server too long."""
    text = text.replace("\r\n", "\n")
    heavy = tuple(heavy_markdown(text))[:_MOST_SLIPS]
    if heavy:
        told = Markup("<p><strong>Regel {}:</strong> {}</p>")
        return Markup("\n").join(told.format(one.line + 1, one.message) for one in heavy)
    # Loading MkDocs takes a second, and most staff never come here.
    from wmo_guide.guide.material import markdown_to_html  # noqa: PLC0415

    with _ONE_AT_A_TIME:
        html = markdown_to_html(text, heading_ids=True)
    return Markup(html)  # noqa: S704  (raw HTML in it came out as text: guide/material.py)
