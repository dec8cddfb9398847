"""Hands a change of content to the press, unless its file was changed since it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from provider_forms.desk.content_edit import files_now
from provider_forms.desk.content_form import DAY, WHY
from provider_forms.desk.content_kinds import SHARED
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


def send(mine: Shelf, path: str, text: str | None, title: str, form: AnswerForm) -> Sent:
    """Puts a file's new text in the queue of the press."""
    who = staff().person.id
    with desk().database.write() as db:
        if files_now(db, desk().content, today()).base(path) != mine.files.base(path):
            return Sent(None)
        wanted = Request(
            what="content",
            region="" if mine.spot.region == SHARED else mine.spot.region,
            title=title,
            changes=(FileChange(path, text, mine.files.base(path), mine.files.text(path)),),
            message=f"{title}\n\n{form.parsed[WHY]}",
            author=by_staff(who),
            committer=by_staff(who),
            publish_on=publish_on(form),
        )
        job = queue(db, wanted, who, now())
        made = Sent(job.id)
    wake(desk())
    return made


def publish_on(form: AnswerForm) -> date | None:
    """The day before which the change is not for the public; None when that is today, or no day was asked for."""
    day = form.parsed.get(DAY)
    return day if isinstance(day, date) and day > today() else None
