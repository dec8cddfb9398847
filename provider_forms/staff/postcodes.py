"""The table that tells where a region's postcodes lie: looked at first, then put into the guide as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import Response, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.content_edit import Files, files_now, regions
from provider_forms.desk.content_form import WHY, why_question
from provider_forms.desk.content_kinds import SHARED
from provider_forms.desk.invitation_list import MAX_BYTES, decode
from provider_forms.desk.postcode_table import PostcodeTable, read_table
from provider_forms.desk.publishing import FileChange, Request, queue, wake
from provider_forms.desk.signatures import by_staff
from provider_forms.staff import staff
from provider_forms.staff.access import staff as who
from provider_forms.staff.content_page import without_private
from provider_forms.staff.content_place import region_title, today
from provider_forms.web.content import standards
from provider_forms.web.desk import desk, now
from provider_forms.web.forms import AnswerForm, error_title, make_form
from provider_forms.web.kept import forget_typed, keep_typed, typed_again
from provider_forms.web.pages import render, wrong
from wmo_guide.domain.kinds import Scope

_LIST = "a.lijst"
_TITLE = "Waar postcodes liggen"
_NO_TEXT = "Dit bestand is geen CSV. Sla uw lijst in het rekenblad op als CSV en kies dat bestand."
_EMPTY = "Kies een bestand, of plak uw lijst in het vak."
_TOO_LARGE = "Deze lijst is te groot. Houd alleen de postcodes van uw regio over."
_BUSY = "Een collega veranderde deze lijst net. Kijk het na en druk nog een keer."
_SAME = "Deze lijst staat al zo in de gids."


@dataclass(frozen=True)
class TableFile:
    """A region's file, as it will be when the press has done what waits for it."""

    region: str
    files: Files

    @property
    def path(self) -> str:
        """Below content/."""
        return f"regions/{self.region}/postcodes.csv"

    @property
    def title(self) -> str:
        """The region as staff know it."""
        return region_title(self.region)

    @cached_property
    def now(self) -> PostcodeTable | None:
        """The table as it is; None without one."""
        text = self.files.text(self.path)
        return None if text is None else read_table(text)

    @property
    def base(self) -> str:
        """Its fingerprint."""
        return self.files.base(self.path)

    @property
    def has_history(self) -> bool:
        """Whether older versions can be looked at."""
        return (self.files.content / self.path).is_file()


@staff.get("/inhoud/<region>/postcodes/")
def postcodes(region: str) -> Response:
    """The table as it is, and the form for another one."""
    again = typed_again()
    return _show(_file(region), again.get(_LIST, "") if again else "", None, _why(region, again), _Told())


@staff.post("/inhoud/<region>/postcodes/")
def take_postcodes(region: str) -> AnyResponse:
    """Looks at a table; puts it into the guide, or takes it out, when that is asked and nothing is wrong."""
    file, doing = _file(region), request.form.get("doe")
    form = without_private(_why(region, request.form, show_errors=doing != "controleren"))
    if doing == "weghalen":
        return _sent(file, None, form) or _show(file, "", None, form, _not_sent(form))
    text, problem = _posted()
    table = None if problem else read_table(text)
    if table is None or table.problems:
        keep_typed()
        return _show(file, text, table, form, _Told(400, problem))
    if file.now and file.now.text == table.text:
        return _show(file, "", None, form, _Told(notice=_SAME))
    if doing != "opslaan":
        return _show(file, text, table, _why(region, None), _Told())
    return _sent(file, table, form) or _show(file, text, table, form, _not_sent(form))


def _not_sent(form: AnswerForm) -> _Told:
    return _Told(400) if form.errors else _Told(409, notice=_BUSY)


def _file(region: str) -> TableFile:
    if region == SHARED or region not in regions(desk().content):
        abort(404)
    with desk().database.read() as db:
        return TableFile(region, files_now(db, desk().content, today()))


def _posted() -> tuple[str, str]:
    """The text of the chosen file, else that of the box; and what is wrong with it as a whole."""
    file = request.files.get("bestand")
    data = file.read(MAX_BYTES + 1) if file is not None and file.filename else b""
    if len(data) > MAX_BYTES:
        return "", _TOO_LARGE
    text = decode(data) if data else request.form.get(_LIST, "")
    return text or "", _NO_TEXT if text is None else "" if text.strip() else _EMPTY


def _why(region: str, posted: MultiDict[str, str] | None, *, show_errors: bool = False) -> AnswerForm:
    scope = Scope(standards(region).region)
    return make_form([why_question()], scope, posted or None, {}, show_errors=show_errors)


def _sent(file: TableFile, table: PostcodeTable | None, form: AnswerForm) -> AnyResponse | None:
    """Hands it to the press, and goes to where staff see how far it is; None when it can't be."""
    if form.errors or (table is None and file.now is None):
        return None
    text, person = table.text if table else None, who().person.id
    title = f"Postcodes: {len(table.areas)} gebieden" if table else "Postcodes weggehaald"
    with desk().database.write() as db:
        fresh = TableFile(file.region, files_now(db, desk().content, today()))
        if fresh.base != request.form.get("version", ""):
            return None
        wanted = Request(
            what="content",
            region=file.region,
            title=title,
            changes=(FileChange(file.path, text, fresh.base, fresh.files.text(file.path)),),
            message=f"{title}\n\n{form.parsed[WHY]}",
            author=by_staff(person),
            committer=by_staff(person),
        )
        job = queue(db, wanted, person, now()).id
    wake(desk())
    forget_typed()
    return redirect(url_for("staff.publications", _anchor=f"taak-{job}"), 303)


@dataclass(frozen=True)
class _Told:
    """What the page tells above its form."""

    status: int = 200
    problem: str = ""
    """What is wrong with the list as a whole."""
    notice: str = ""


def _show(file: TableFile, typed: str, table: PostcodeTable | None, form: AnswerForm, told: _Told) -> Response:
    faults = (len(table.problems) if table else 0) + bool(told.problem)
    title = wrong(_TITLE, faults) if faults else error_title(_TITLE, form.errors if form.show_errors else ())
    return render(
        "staff/postcodes",
        _TITLE,
        status=told.status,
        window_title=title,
        file=file,
        typed=typed,
        table=table,
        form=form,
        problem=told.problem,
        told=told.notice,
    )
