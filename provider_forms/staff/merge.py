"""The merge page: the guide has other answers since the provider began. Staff choose, answer by answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.differences import Piece, pieces
from provider_forms.desk.dossier import Dossier
from provider_forms.desk.merging import Clash, Place, Side
from provider_forms.desk.reviews import DecidedError, ReplacedError, Ruling
from provider_forms.desk.submissions import OPEN
from provider_forms.staff import staff
from provider_forms.staff.decide import RefusedError, decide_now
from provider_forms.staff.submission import REASON, Showing, find, opened, show
from provider_forms.web import kept
from provider_forms.web.desk import desk
from provider_forms.web.pages import render, wrong

_SIDES: Mapping[str, Side] = {"aanbieder": "theirs", "gids": "guide"}
_WORDS: Mapping[Side | None, str] = {"theirs": "aanbieder", "guide": "gids", None: ""}
_CHOOSE = "Kies bij “{label}” ({title}) welk antwoord in de gids komt."


@dataclass(frozen=True)
class Choice:
    """A clash on the page."""

    clash: Clash
    id: str
    name: str
    chosen: str
    pieces: tuple[Piece, ...]


@staff.get("/wachtrij/<number>/samenvoegen")
def merge_submission(number: str) -> AnyResponse:
    """Both answers wherever they differ, with what was chosen so far."""
    with desk().database.read() as db:
        found = find(db, number)
        file = opened(db, found) if found.state in OPEN else None
    if file is None or not file.must_merge:
        return redirect(url_for("staff.submission", number=number), 303)
    return _show(file, kept.typed_again())


@staff.post("/wachtrij/<number>/samenvoegen")
def save_merge_submission(number: str) -> AnyResponse:
    """Approves with the chosen answers."""
    with desk().database.read() as db:
        found = find(db, number)
        file = opened(db, found) if found.state in OPEN else None
    if file is None:
        return show(number, Showing(409))
    choices = _choices(file, request.form)
    problems = [(one.id, _missing(one.clash)) for one in choices if not one.chosen]
    if problems:
        kept.keep_typed()
        return _show(file, request.form, tuple(problems))
    try:
        chosen: dict[Place, Side] = {one.clash.place: _SIDES[one.chosen] for one in choices}
        decide_now(number, Ruling("approved", request.form.get(REASON, "").strip()), chosen)
    except RefusedError as error:
        kept.keep_typed()
        return _show(file, request.form, error.problems)
    except (DecidedError, ReplacedError):
        return show(number, Showing(409))
    return redirect(url_for("staff.queue", gedaan="approved", nummer=number), 303)


def _choices(file: Dossier, typed: MultiDict[str, str] | None) -> tuple[Choice, ...]:
    return tuple(_choice(number, one, typed) for number, one in enumerate(file.clashes, 1))


def _choice(number: int, one: Clash, typed: MultiDict[str, str] | None) -> Choice:
    name = f"kies.{one.part}|{one.question}"
    chosen = _WORDS[one.suggested] if typed is None else typed.get(name, "")
    return Choice(one, f"kies-{number}", name, chosen if chosen in _SIDES else "", pieces(one.guide, one.theirs))


def _missing(one: Clash) -> str:
    return _CHOOSE.format(label=one.label, title=one.title)


def _show(file: Dossier, typed: MultiDict[str, str] | None, problems: tuple[tuple[str, str], ...] = ()) -> Response:
    title = f"Samenvoegen: {file.submission.organisation.name}"
    return render(
        "staff/merge",
        title,
        status=400 if problems else 200,
        window_title=wrong(title, len(problems)) if problems else title,
        file=file,
        number=file.submission.number,
        choices=_choices(file, typed),
        problems=problems,
        typed=typed or {},
        reason=REASON,
    )
