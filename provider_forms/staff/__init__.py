"""The staff desk: every page under /beheer/, for staff alone."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from provider_forms.staff import access
from provider_forms.web import door, errors, kept

staff = Blueprint("staff", __name__, url_prefix="/beheer")
staff.before_request(access.guard)


@staff.errorhandler(404)
def _not_found(error: HTTPException) -> Response:
    return errors.not_found(error)


@staff.errorhandler(403)
def _forbidden(_error: HTTPException) -> Response:
    return access.forbidden()


@staff.errorhandler(InternalServerError)
def _broken(error: InternalServerError) -> Response:
    """Something of ours broke: nothing that was typed is lost."""
    if request.method == "POST" and door.AUTOSAVE in request.headers:
        return errors.tell(error)
    return kept.broken()
