"""The providers' door. Every page of an organisation stands under /aanbieder/<organisation>/, for its managers alone.

The organisation is in the address, so two tabs on two organisations can't mix. Views don't take it as an argument:
`web.session.manager()` gives it, and `url_for` fills it in.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import HTTPException, InternalServerError

from provider_forms.web import door, errors, kept
from provider_forms.web.content import ContentError
from provider_forms.web.pages import render

provider = Blueprint("provider", __name__, url_prefix="/aanbieder/<int(max=2147483647):organisation>")
provider.before_request(door.guard)

HOME = "provider.start"
"""Where a manager arrives after signing in."""
_OURS = "Er ging iets mis bij ons"


@provider.url_value_preprocessor
def _take_organisation(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is not None:
        g.organisation_id = values.pop("organisation")


@provider.url_defaults
def _fill_organisation(_endpoint: str, values: dict[str, Any]) -> None:
    if "organisation_id" in g:
        values.setdefault("organisation", g.organisation_id)


@provider.errorhandler(404)
def _not_found(error: HTTPException) -> Response:
    return kept.not_found() or errors.not_found(error)


@provider.errorhandler(ContentError)
def _no_content(_error: ContentError) -> Response:
    """Staff are at work on the questions: what was typed meanwhile is kept, and comes back on its page."""
    is_kept = request.method == "POST" and kept.keep_typed() is kept.Keeping.KEPT
    end = (
        "Wij hebben bewaard wat u typte. U ziet het straks terug." if is_kept else "Wat u al had opgeslagen is er nog."
    )
    text = (
        f"De vragen zijn nu niet te lezen. Dit ligt niet aan u. {end} Open deze pagina over een paar minuten opnieuw."
    )
    return render("message", _OURS, status=503, text=text)


@provider.errorhandler(InternalServerError)
def _broken(error: InternalServerError) -> Response:
    """Something of ours broke: nothing that was typed is lost."""
    if request.method == "POST" and door.AUTOSAVE in request.headers:
        return errors.tell(error)
    return kept.broken()
