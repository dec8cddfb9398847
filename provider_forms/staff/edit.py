"""Editing before approving: a page of the provider's form, filled with what was sent, whose answers staff may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, redirect, request, url_for
from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import reviews
from provider_forms.desk.demands import demands_on
from provider_forms.desk.dossier import Dossier
from provider_forms.desk.staff_models import Rework
from provider_forms.desk.submissions import OPEN
from provider_forms.desk.taken_apart import FilePart, questions_of, scope_of, taken_apart, title_of
from provider_forms.desk.typing_kept import new_tab, tab_in
from provider_forms.provider.saving import unseen
from provider_forms.staff import staff
from provider_forms.staff.submission import Showing, by, find, opened, show
from provider_forms.web import kept
from provider_forms.web.desk import desk
from provider_forms.web.forms import AnswerForm, error_title, make_form
from provider_forms.web.pages import render
from wmo_guide.domain.quality import Demand
from wmo_guide.domain.questions import Question

_AGAIN = "U ziet wat u hier het laatst typte. Het is nog niet bewaard. Klopt het? Druk dan op de knop."
_CHANGED = (
    "Intussen is deze pagina ook door iemand anders veranderd. Kijk of het nog klopt en druk nog een keer op de knop."
)


@dataclass(frozen=True)
class Page:
    """One page of the form as staff edit it."""

    number: str
    name: str
    title: str
    file: Dossier
    part: FilePart

    def form(self, typed: MultiDict[str, str] | None, *, show_errors: bool) -> AnswerForm:
        """The form with what was typed, or else with the answers as they are now."""
        questions = [one for one in questions_of(self.name, self.file.standards) if one.audience == "public"]
        scope = scope_of(self.name, taken_apart(self.file.file), self.file.standards)
        return make_form(
            questions, scope, typed, self.part.answers, show_errors=show_errors, demands=self._demands(questions)
        )

    def refused(self, form: AnswerForm) -> bool:
        """Whether something has to be mended first. What the provider didn't answer either, staff may leave open."""
        demanded = {one.message for one in demands_on(self.name, self.file.standards)}
        before = {
            (one.key, one.message) for one in self.form(None, show_errors=False).errors if one.message in demanded
        }
        return any((one.key, one.message) not in before for one in form.errors)

    def _demands(self, questions: Sequence[Question]) -> list[Demand]:
        """Without those that an answer can meet that isn't on this page, as it is for staff alone."""
        shown = {one.key for one in questions}
        away = {one.key for one in questions_of(self.name, self.file.standards)} - shown
        return [one for one in demands_on(self.name, self.file.standards) if away.isdisjoint(one.questions)]


@staff.get("/wachtrij/<number>/wijzigen/<path:part>")
def edit_part(number: str, part: str) -> AnyResponse:
    """The questions of a page with the answers as they are now."""
    with desk().database.read() as db:
        page = _page(db, number, part)
    if page is None:
        return redirect(url_for("staff.submission", number=number), 303)
    again = kept.typed_again()
    return _show(page, page.form(again, show_errors=False), notice=_AGAIN if again else "")


@staff.post("/wachtrij/<number>/wijzigen/<path:part>")
def save_part(number: str, part: str) -> AnyResponse:
    """Keeps the answers until somebody decides. The file as it was sent stays as it is."""
    with desk().database.write() as db:
        page = _page(db, number, part)
        if page is not None:
            form = page.form(request.form, show_errors=True)
            problem = _CHANGED if request.form.get("seen") != page.file.seen else ""
            if not page.refused(form) and not problem and not unseen(form):
                _keep(db, page, form)
                kept.forget(db, kept.here())
                return redirect(url_for("staff.submission", number=number, gedaan="gewijzigd"), 303)
    if page is None:
        return show(number, Showing(409))
    kept.keep_typed()
    return _show(page, form, status=409 if problem else 400, problem=problem)


@staff.post("/wachtrij/<number>/terugzetten/<path:part>")
def undo_part(number: str, part: str) -> AnyResponse:
    """Puts a page back to what the provider sent."""
    with desk().database.write() as db:
        found = find(db, number)
        db.execute(delete(Rework).where(Rework.submission_id == found.id, Rework.part == part))
    return redirect(url_for("staff.submission", number=number), 303)


def _page(db: Session, number: str, name: str) -> Page | None:
    """The page; None when the submission has been decided about. A page that it doesn't have isn't there."""
    found = find(db, number)
    if found.state not in OPEN:
        return None
    file = opened(db, found)
    parts = taken_apart(file.file)
    if name not in parts or not questions_of(name, file.standards):
        abort(404)
    return Page(number, name, title_of(name, parts, file.standards), file, parts[name])


def _keep(db: Session, page: Page, form: AnswerForm) -> None:
    author = by()
    found = reviews.rework_of(db, page.file.submission.id).get(page.name)
    if found is None:
        found = Rework(submission_id=page.file.submission.id, part=page.name)
        db.add(found)
    found.answers, found.made_at, found.made_by = dict(form.public), author.at, author.person_id


def _show(page: Page, form: AnswerForm, *, status: int = 200, problem: str = "", notice: str = "") -> Response:
    title = f"Wijzigen: {page.title}"
    errors = form.errors if form.show_errors else ()
    return render(
        "staff/edit_part",
        title,
        status=status,
        window_title=error_title(title, errors or ((problem,) if problem else ())),
        page=page,
        form=form,
        problem=problem,
        notice=notice,
        tab=new_tab() if request.method == "GET" else tab_in(request.form.get("tab")),
    )
