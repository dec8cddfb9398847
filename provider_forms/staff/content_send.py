"""Hands a change of content to the press, unless its file was changed since it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from provider_forms.desk.content_edit import files_now
from provider_forms.desk.content_form import DAY, WHY
from provider_forms.desk.content_kinds import SHARED
from provider_forms.desk.failed_saves import failed_saves, replace
from provider_forms.desk.publishing import FileChange, Request, queue, wake
from provider_forms.desk.signatures import by_staff
from provider_forms.staff.access import staff
from provider_forms.staff.content_place import Shelf, today
from provider_forms.web.desk import desk, now
from provider_forms.web.forms import AnswerForm


@dataclass(frozen=True)
class Sent:
    """What came of handing a change over."""

    job: int | None
    """None when the file was changed just before: look again."""

    @property
    def url(self) -> str:
        """Where staff see how far it is."""
        return url_for("staff.publications", _anchor=f"taak-{self.job}")


def send(mine: Shelf, ref: str, text: str | None, title: str, form: AnswerForm) -> Sent:
    """Puts a file's new text in the queue of the press, in the place of a failed change of the same item.

    `ref` is the item's name; empty when it is about the list as a whole.
    """
    who, path = staff().person.id, mine.spot.path(ref)
    with desk().database.write() as db:
        if files_now(db, desk().content, today()).base(path) != mine.files.base(path):
            return Sent(None)
        base = _base(db, mine, ref, who)
        wanted = Request(
            what="content",
            region="" if mine.spot.region == SHARED else mine.spot.region,
            title=title,
            changes=(FileChange(path, text, base, mine.files.text(path) if base == mine.files.base(path) else None),),
            message=f"{title}\n\n{form.parsed[WHY]}",
            author=by_staff(who),
            committer=by_staff(who),
            publish_on=publish_on(form),
        )
        job = queue(db, wanted, who, now())
        made = Sent(job.id)
    wake(desk())
    return made


def _base(db: Session, mine: Shelf, ref: str, who: int) -> str:
    """What the change builds on, after failed changes of the same item have made way for it."""
    base = mine.files.base(mine.spot.path(ref))
    for old in failed_saves(db, desk().content, mine.spot, ref) if ref else ():
        base = replace(db, old, base, desk().content, who, now())
    return base


def publish_on(form: AnswerForm) -> date | None:
    """The day before which the change is not for the public; None when that is today, or no day was asked for."""
    day = form.parsed.get(DAY)
    return day if isinstance(day, date) and day > today() else None
