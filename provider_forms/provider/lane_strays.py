"""Answers typed on the page of the fast lane whose question or offering went away meanwhile: kept, and shown to copy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from provider_forms.desk import typing_kept
from provider_forms.desk.typing_kept import Typing, tab_in
from provider_forms.provider.saving import AWAY
from provider_forms.web.desk import now
from provider_forms.web.forms import PREFIX
from provider_forms.web.kept import here, show_again

SHOWN = "was."
"""Begins the names of the hidden fields that tell what the page showed."""
Strays = Mapping[str, tuple[str, ...]]
"""Texts by the name of their field."""


def strays_in(posted: MultiDict[str, str] | None, asked: Iterable[str]) -> Strays:
    """What was typed for a question that isn't asked any more. What the page showed already was nobody's typing."""
    names = tuple(asked)
    starts = tuple(f"{name}." for name in names)
    found = {}
    for name, texts in posted.lists() if posted else ():
        if not name.startswith(PREFIX) or name in names or name.startswith(starts):
            continue
        typed = tuple(text for text in texts if text.strip())
        if typed and not _was_shown(posted, name, typed):
            found[name] = typed
    return found


def fields_of(posted: MultiDict[str, str] | None, strays: Strays) -> dict[str, list[str]]:
    """The fields that an answer was posted in, with what the page showed there: as it is kept, and sent along."""
    if posted is None:
        return {}
    shown = {f"{SHOWN}{name.removeprefix(PREFIX)}" for name in strays}
    found = {name: list(texts) for name, texts in strays.items()}
    return found | {name: texts for name, texts in posted.lists() if name in shown}


def keep(db: Session, strays: Strays) -> bool:
    """Keeps them for who typed them, but those that are no longer needed; False when there is no room."""
    away = request.form.getlist(AWAY)
    left = {name: texts for name, texts in strays.items() if name not in away}
    if not left:
        return True
    typing = Typing(fields_of(request.form, left), tab_in(request.form.get("tab")))
    key = typing_kept.keep(db, here(), typing, now())
    if key is not None:
        show_again(key)
    return key is not None


def _was_shown(posted: MultiDict[str, str] | None, name: str, typed: tuple[str, ...]) -> bool:
    text = posted.get(f"{SHOWN}{name.removeprefix(PREFIX)}", "") if posted else ""
    try:
        shown = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return typed == (shown,) or (isinstance(shown, list) and list(typed) == shown)
