"""The form of an item whose last change the press could not publish: with that text in it, and what is wrong at its field."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from provider_forms.desk.content_edit import Files
from provider_forms.desk.content_form import NAME, WHY, stored
from provider_forms.desk.content_kinds import Item
from provider_forms.desk.failed_saves import FailedSave, failed_saves
from provider_forms.staff.content_merge import Merge
from provider_forms.staff.content_page import Page, Told, only_errors
from provider_forms.staff.content_where import where
from provider_forms.web.desk import desk
from provider_forms.web.forms import AnswerForm, make_form


@dataclass(frozen=True)
class Reopened:
    """What the form shows."""

    form: AnswerForm
    told: Told


def failed_of(page: Page, ref: str = "") -> FailedSave | None:
    """The newest change of an item that failed; None when there is none. `ref` names an item that isn't there yet."""
    with desk().database.read() as db:
        found = failed_saves(db, desk().content, page.shelf.spot, page.ref or ref) if page.ref or ref else ()
    return next((one for one in found if one.after is not None), None)


def reopened(page: Page, failed: FailedSave) -> Reopened | Merge:
    """The form with what failed; both versions when the item was changed since."""
    form = _form(page, failed.after, failed)
    if page.item not in (failed.after, failed.before):
        return Merge.between(_form(page, failed.before), form, _form(page, page.item))
    known = {one.question.key for one in form.fields}
    by_field = failed.by_field(page.shelf.spot)
    files = Files(desk().content, {failed.path: failed.text})
    above = [text for key, text in by_field.items() if key not in known]
    above += [Markup("{} ({})").format(one.message, where(files, one)) for one in failed.elsewhere(page.shelf.spot)]
    shown = only_errors(form, {key: text for key, text in by_field.items() if key in known})
    return Reopened(shown, Told(problems=tuple(above), failed=failed.job.id))


def _form(page: Page, item: Item | None, failed: FailedSave | None = None) -> AnswerForm:
    """The form of an item as it stands; with the reason and the name that were typed for it."""
    answers = stored(page.shelf.kind, item)
    if failed is not None:
        answers[NAME], answers[WHY] = failed.ref, failed.job.message.partition("\n\n")[2]
    return make_form(page.questions, page.shelf.scope, None, answers, show_errors=False)
