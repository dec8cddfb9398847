"""Whether the guide that is online is that of today, and telling the administrators when it isn't."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from provider_forms.desk import press_notice, staff
from provider_forms.desk.desk import Desk
from provider_forms.desk.publishing import wake
from provider_forms.press.once import publish_once
from provider_forms.press.press import Settings
from wmo_guide.guide.release import current
from wmo_guide.store.write import write_whole

_LOG = logging.getLogger(__name__)
_MOST_LINES = 20
_BROKEN = "De pers kon haar werk niet doen. Waarom, staat in het logboek van de machine (journalctl)."
_LATE = "De gids van vandaag staat nog niet online. De pers is nog bezig, of staat stil."


def bring_up_to_date(
    desk: Desk, settings: Settings, today: date, patient: Callable[[], bool] = lambda: False
) -> tuple[str, ...]:
    """Publishes what waits, and the day; gives why the guide that is online now isn't that of today, if it isn't.

    A press that is at work does so by itself. `patient` waits for it a moment; False when it has been long enough.
    """
    try:
        at_work = not publish_once(settings)
        if at_work:
            wake(desk)
    except Exception:  # noqa: BLE001  (whatever it is, the rest of the day's work has to be done)
        _LOG.exception("The press could not do its work.")
        return (_BROKEN,)
    while (why := _why_behind(desk, settings, today)) == (_LATE,) and at_work and patient():
        continue
    return why


def _why_behind(desk: Desk, settings: Settings, today: date) -> tuple[str, ...]:
    notice = press_notice.noted(desk.var)
    if notice is not None:
        return notice.problems or (notice.astray,)
    return () if _day_online(settings.site) >= f"{today:%Y%m%d}" else (_LATE,)


def tell_administrators(desk: Desk, why: Sequence[str], today: date) -> int:
    """Mails them that the guide is behind, once a day at most; gives the number of mails.

    Not the regions' own mailboxes: the file in which these stand may be what is wrong.
    """
    told = desk.var / "press" / "behind.txt"
    with suppress(OSError):
        if told.read_text(encoding="utf-8") == today.isoformat():
            return 0
    with desk.database.read() as session:
        found = [one.email for one in staff.members(session) if one.staff_role == "administrator"]
    about = {
        "why": why[:_MOST_LINES],
        "more": max(0, len(why) - _MOST_LINES),
        "link": desk.link("/beheer/publicaties/"),
    }
    mails = [desk.texts.write("behind_staff", email, **about) for email in found]
    write_whole(told, today.isoformat())
    for mail in mails:
        desk.mailer.send(mail)
    return len(mails)


def _day_online(site: Path) -> str:
    """The day of the guide that is online, as its name begins with it."""
    return (current(site) or "")[:8]
