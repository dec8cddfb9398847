"""Which version of the provider's file in content/ a draft builds on.

A draft begins from the file as it stands, and from then on whatever else changes in that file isn't in the draft. So a
submission names the version that its draft knows, and staff see what others changed since. What the organisation itself
sent is in its draft: once exactly that stands in content/, the draft builds on it.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk.drafts import Answers, part
from provider_forms.desk.models import Submission

_PART = "base"
_DIGEST = "digest"


def begun_from(digest: str) -> dict[str, Answers]:
    """The part of a draft that keeps which version of the file it begins from."""
    return {_PART: {_DIGEST: digest}}


def base_of_draft(session: Session, organisation_id: int, published: str) -> str:
    """Fingerprint of the file that the draft builds on; empty when there was none. `published` is that of today's file."""
    stored = part(session, organisation_id, _PART)
    begun = str(stored.answers.get(_DIGEST, "")) if stored else ""
    return published if published in _known(session, organisation_id, begun) else begun


def _known(session: Session, organisation_id: int, begun: str) -> set[str]:
    """Fingerprints of the files that the draft began from or that this organisation made out of those, step by step."""
    columns = select(Submission.base, Submission.payload).where(Submission.organisation_id == organisation_id)
    known = {begun}
    for base, payload in session.execute(columns.order_by(Submission.id)):
        if base in known:
            known.add(hashlib.blake2b(payload.encode(), digest_size=16).hexdigest())
    return known
