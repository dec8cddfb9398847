"""Takes over into a provider's draft what staff changed in what it sent, so that its next sending doesn't undo that.

An answer that the provider has changed again since stays the provider's.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from provider_forms.desk import drafts
from provider_forms.desk.differences import END, PartChange, answer_words, compare
from provider_forms.desk.drafts import Answers, By, Edit, PartView
from provider_forms.desk.outline import BLOCKS
from provider_forms.desk.taken_apart import FilePart, Parts, questions_of, scope_of, taken_apart
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.domain.standards import Standards


def follow(session: Session, by: By, sent: ProviderFile, published: ProviderFile, standards: Standards) -> None:
    """Brings the draft from what was sent to what is published, where it still says what was sent."""
    after = taken_apart(published)
    for part in compare(sent, published, standards):
        if part.how == "new":
            _add(session, by, after[part.name])
        elif part.how == "gone":
            _take_away(session, by, part.name)
        elif part.changed:
            _change(session, by, part, (taken_apart(sent), after), standards)


def _change(session: Session, by: By, part: PartChange, files: tuple[Parts, Parts], standards: Standards) -> None:
    stored = drafts.part(session, by.organisation_id, part.name)
    asked = {one.key: one for one in questions_of(part.name, standards)}
    before, after = files
    scope = scope_of(part.name, before, standards)
    fresh = dict(stored.answers) if stored else {}
    for one in part.changed:
        if one.question == END:
            _end(session, by, after[part.name])
        elif one.question in asked and answer_words(asked[one.question], fresh.get(one.question, ""), scope) == one.old:
            fresh[one.question] = after[part.name].answers.get(one.question, "")
    if stored is not None and not stored.removed:
        _save(session, by, stored, {key: answer for key, answer in fresh.items() if answer})


def _add(session: Session, by: By, part: FilePart) -> None:
    stored = drafts.part(session, by.organisation_id, part.name)
    drafts.save(session, by, Edit(part.name, dict(part.answers), stored.version if stored else 0))
    edition, block = _block(part.name)
    if block:
        _choose(session, by, edition, block, chosen=True)
        _end(session, by, part)


def _take_away(session: Session, by: By, name: str) -> None:
    edition, block = _block(name)
    if block:
        _choose(session, by, edition, block, chosen=False)
    else:
        drafts.remove(session, by, name)


def _choose(session: Session, by: By, edition: str, block: str, *, chosen: bool) -> None:
    stored = drafts.part(session, by.organisation_id, BLOCKS)
    if stored is None or stored.answers.get("edition") != edition:
        return
    others = [one for one in stored.answers.get("blocks", []) if one != block]
    _save(session, by, stored, {**stored.answers, "blocks": [*others, block] if chosen else others})


def _end(session: Session, by: By, part: FilePart) -> None:
    edition, block = _block(part.name)
    stored = drafts.part(session, by.organisation_id, BLOCKS)
    if stored is None or stored.answers.get("edition") != edition:
        return
    ends = {slug: day for slug, day in (stored.answers.get("ends") or {}).items() if slug != block}
    fresh = {**ends, block: part.end.isoformat()} if part.end else ends
    _save(session, by, stored, {**stored.answers, "ends": fresh})


def _save(session: Session, by: By, stored: PartView, answers: Answers) -> None:
    drafts.save(session, by, Edit(stored.name, answers, stored.version))


def _block(name: str) -> tuple[str, str]:
    """Edition and block of an offering; empty for another part."""
    kind, _, rest = name.partition("/")
    edition, _, block = rest.rpartition("/")
    return (edition, block) if kind == "offering" else ("", "")
