"""The second factor of staff: codes of six digits out of a telephone, and codes on paper for who lost it.

The shared secret lies sealed in the database; a code works once; wrong ones are counted.
"""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime, timedelta
from enum import Enum

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from provider_forms.desk import events, limits
from provider_forms.desk.limits import Limit
from provider_forms.desk.models import Person
from provider_forms.desk.sealed import lock, unlock
from provider_forms.desk.secret import seal
from provider_forms.desk.staff_models import RecoveryCode, SecondFactor

WRONG_CODES = Limit("second-factor", 5, timedelta(minutes=15))
WRONG_CODES_A_DAY = Limit("factor-day", 30, timedelta(days=1))
RECOVERY_CODES = 10
_STEP_SECONDS = 30
_NEAR = (-1, 0, 1)
"""Clocks differ: the code of the step before and after counts too."""
_NAME = "Wmo-gids"
_PURPOSE = "second factor"
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without letters and digits that look alike on paper."""
_GROUP = 5
_TOTP = re.compile(r"[0-9]{6}")


class Check(Enum):
    """What came of a typed code."""

    RIGHT = "right"
    RECOVERED = "recovered"
    """It was a code on paper, which is used up now."""
    WRONG = "wrong"
    TOO_OFTEN = "too_often"


def has(session: Session, person_id: int) -> bool:
    """Whether somebody has a second factor that counts."""
    found = session.get(SecondFactor, person_id)
    return found is not None and found.confirmed_at is not None


def begin(session: Session, key: bytes, person_id: int, now: datetime) -> str:
    """The secret to put into a telephone; the same until it is confirmed, so that a page can be opened again."""
    found = session.get(SecondFactor, person_id)
    known = unlock(key, _PURPOSE, found.secret, now) if found is not None and found.confirmed_at is None else None
    if known is not None:
        return known
    if found is not None and found.confirmed_at is not None:
        raise ValueError("This person has a second factor; remove it first.")
    fresh = pyotp.random_base32()
    sealed = lock(key, _PURPOSE, fresh, now)
    if found is None:
        session.add(SecondFactor(person_id=person_id, secret=sealed, confirmed_at=None, last_step=0))
        session.flush()
    else:
        found.secret = sealed
    return fresh


def address(secret: str, email: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_NAME)


def confirm(session: Session, key: bytes, person: Person, typed: str, now: datetime) -> Check:
    """Makes the second factor count, once the telephone gives the right code."""
    found = session.get(SecondFactor, person.id)
    if found is None or found.confirmed_at is not None:
        return Check.WRONG
    if not _may_try(session, key, person, now):
        return Check.TOO_OFTEN
    if not _use(session, key, found, _digits(typed), now):
        return Check.WRONG
    found.confirmed_at = now
    _forgive(session, key, person)
    events.note(session, "second_factor_set", now=now, person=person.id, role="staff")
    return Check.RIGHT


def check(session: Session, key: bytes, person: Person, typed: str, now: datetime) -> Check:
    """Holds a typed code against the telephone, and else against the codes on paper. A right one is used up."""
    found = session.get(SecondFactor, person.id)
    if found is None or found.confirmed_at is None:
        return Check.WRONG
    if not _may_try(session, key, person, now):
        return Check.TOO_OFTEN
    if _use(session, key, found, _digits(typed), now):
        _forgive(session, key, person)
        return Check.RIGHT
    if _use_recovery(session, key, person.id, typed, now):
        _forgive(session, key, person)
        events.note(session, "recovery_code_used", now=now, person=person.id, role="staff")
        return Check.RECOVERED
    events.note(session, "second_factor_wrong", now=now, person=person.id, role="staff")
    return Check.WRONG


def new_recovery_codes(session: Session, key: bytes, person_id: int, now: datetime) -> tuple[str, ...]:
    """Ten fresh codes; earlier ones stop working. Only hashes of them are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    session.add_all(
        RecoveryCode(person_id=person_id, digest=_digest(key, person_id, code), used_at=None) for code in codes
    )
    events.note(session, "recovery_codes_made", now=now, person=person_id, role="staff")
    return codes


def recovery_codes_left(session: Session, person_id: int) -> int:
    """How many codes on paper still work."""
    query = select(func.count()).select_from(RecoveryCode)
    return session.scalar(query.where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))) or 0


def remove(session: Session, person_id: int) -> None:
    """Takes away somebody's second factor with its codes on paper."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))


def _may_try(session: Session, key: bytes, person: Person, now: datetime) -> bool:
    """Counts a try before the code is looked at, so that tries at the same moment count too."""
    return all(limits.spend(session, limit, str(person.id), key, now) for limit in (WRONG_CODES, WRONG_CODES_A_DAY))


def _forgive(session: Session, key: bytes, person: Person) -> None:
    for limit in (WRONG_CODES_A_DAY, WRONG_CODES):
        limits.forgive(session, limit, str(person.id), key)


def _use(session: Session, key: bytes, factor: SecondFactor, code: str, now: datetime) -> bool:
    """Whether the telephone gave this code, and gave it for the first time."""
    secret = unlock(key, _PURPOSE, factor.secret, now)
    if secret is None or not _TOTP.fullmatch(code):
        return False
    step = int(now.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for one in (step + near for near in _NEAR):
        if hmac.compare_digest(totp.generate_otp(one), code):
            fresh = (SecondFactor.person_id == factor.person_id, SecondFactor.last_step < one)
            return _changed_one(session.execute(update(SecondFactor).where(*fresh).values(last_step=one)))
    return False


def _use_recovery(session: Session, key: bytes, person_id: int, typed: str, now: datetime) -> bool:
    which = (
        RecoveryCode.person_id == person_id,
        RecoveryCode.digest == _digest(key, person_id, typed),
        RecoveryCode.used_at.is_(None),
    )
    return _changed_one(session.execute(update(RecoveryCode).where(*which).values(used_at=now)))


def _changed_one(done: object) -> bool:
    return isinstance(done, CursorResult) and done.rowcount == 1


def _digits(typed: str) -> str:
    return re.sub(r"\s", "", typed)


def _new_code() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(2))
    return "-".join(groups)


def _digest(key: bytes, person_id: int, code: str) -> str:
    plain = re.sub(r"[^A-Z0-9]", "", code.upper())
    return seal(key, "recovery-code", str(person_id), plain)
