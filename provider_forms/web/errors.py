"""What a visitor reads when an address or a request isn't right. The guide has its own page for addresses."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from provider_forms.web.content import ContentError
from provider_forms.web.pages import render

_TEXTS = {
    400: ("Dit lukte niet", "Wij begrepen niet wat uw browser stuurde. Ga terug en probeer het opnieuw."),
    405: ("Dit lukte niet", "Deze pagina kunt u zo niet openen. Ga terug en probeer het opnieuw."),
    413: (
        "Dit is te veel in één keer",
        "Wat u stuurde is te groot. Ga terug met de knop van uw browser: uw tekst staat daar nog. Maak de tekst korter en sla hem op.",
    ),
    429: ("Even wachten", "U probeerde dit te vaak. Wacht een uur en probeer het dan opnieuw."),
    500: (
        "Er ging iets mis bij ons",
        "Dit ligt niet aan u. Wat u al had opgeslagen is er nog. Probeer het over een paar minuten opnieuw.",
    ),
}


def init_app(app: Flask) -> None:
    """Makes the application answer in Dutch when something isn't right."""
    for code in _TEXTS:
        app.register_error_handler(code, tell)
    app.register_error_handler(ContentError, no_content)


def not_found(_error: HTTPException) -> Response:
    """For addresses behind a door that lead nowhere, or nowhere for this visitor."""
    return render("message", "Deze pagina is er niet", status=404, text="Deze pagina is er niet, of niet voor u.")


def tell(error: HTTPException) -> Response:
    """What to do about an error that a page can have."""
    code = error.code or 500
    title, text = _TEXTS[code]
    answer = render("message", title, status=code, text=text)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def no_content(_error: ContentError) -> Response:
    """For when the questions can't be read."""
    text = "De vragen zijn nu niet te lezen. Dit ligt niet aan u. Wat u al had opgeslagen is er nog. Probeer het later opnieuw."
    return render("message", "Er ging iets mis bij ons", status=503, text=text)
