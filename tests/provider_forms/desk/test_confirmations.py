"""Links by which a provider confirms its offer."""

from __future__ import annotations

import re
from datetime import date, timedelta

from provider_forms.desk import confirmations, ladder, people, sign_in
from provider_forms.desk.ladder import Moment
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Organisation, Token
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms


def _ask(forms: Forms, organisation: int) -> tuple[Mail, ...]:
    with forms.desk.database.write() as db:
        mine = db.get_one(Organisation, organisation)
        return ladder.ask_now(
            db, forms.desk, mine, date(2025, 1, 1), Moment(forms.clock().date(), forms.clock(), again=True)
        )


def _token(mail: Mail) -> str:
    found = re.search(r"/aanbieder/klopt-nog/(\S+)", mail.text)
    assert found
    return found[1]


def _works(forms: Forms, token: str) -> bool:
    with forms.desk.database.read() as db:
        return confirmations.look(db, token, forms.clock()) is not None


def _use(forms: Forms, token: str) -> bool:
    with forms.desk.database.write() as db:
        asked = confirmations.look(db, token, forms.clock())
        return asked is not None and confirmations.use(db, asked, forms.clock())


def test_each_manager_gets_a_link_of_their_own(forms: Forms) -> None:
    """Every manager is asked by mail, each with another link, and only the links' hashes are kept."""
    mails = _ask(forms, forms.organisation(MANAGER, COLLEAGUE))
    tokens = {_token(mail) for mail in mails}

    assert [mail.to for mail in mails] == [MANAGER, COLLEAGUE]
    assert len(tokens) == 2
    with forms.desk.database.read() as db:
        assert not tokens & {one.digest for one in db.query(Token)}


def test_a_link_works_once(forms: Forms) -> None:
    """Looking uses nothing up; using does, once."""
    token = _token(_ask(forms, forms.organisation(MANAGER))[0])

    assert _works(forms, token)
    assert _works(forms, token)
    assert _use(forms, token)
    assert not _works(forms, token)
    assert not _use(forms, token)


def test_of_two_at_the_same_moment_one_counts(forms: Forms) -> None:
    """Of two presses that both saw a working link one counts."""
    token = _token(_ask(forms, forms.organisation(MANAGER))[0])
    with forms.desk.database.write() as db:
        asked = confirmations.look(db, token, forms.clock())
        assert asked is not None
        assert [confirmations.use(db, asked, forms.clock()) for _ in range(2)] == [True, False]


def test_one_answer_is_enough(forms: Forms) -> None:
    """When one manager has confirmed, the links of the colleagues have done their work too."""
    first, second = _ask(forms, forms.organisation(MANAGER, COLLEAGUE))
    other = _ask(forms, forms.organisation(MANAGER, slug="beta-dag"))[0]

    assert _use(forms, _token(first))
    assert not _works(forms, _token(second))
    assert _works(forms, _token(other))


def test_a_link_ends_after_thirty_days(forms: Forms) -> None:
    """A link works for thirty days."""
    token = _token(_ask(forms, forms.organisation(MANAGER))[0])
    forms.clock.forward(timedelta(days=30) - timedelta(seconds=1))
    assert _works(forms, token)
    forms.clock.forward(timedelta(seconds=1))

    assert not _works(forms, token)


def test_a_link_signs_nobody_in(forms: Forms) -> None:
    """A link to confirm is no link to sign in, and the other way round."""
    organisation = forms.organisation(MANAGER)
    token = _token(_ask(forms, organisation)[0])
    with forms.desk.database.write() as db:
        person = people.person(db, MANAGER, forms.clock())
        signing = sign_in.make_token(db, "sign_in", person.id, forms.clock(), timedelta(minutes=30))
        assert sign_in.look(db, token, forms.clock()) is None

    assert not _works(forms, signing)


def test_a_colleague_who_left_can_confirm_nothing(forms: Forms) -> None:
    """The link of a manager who was removed stops working."""
    organisation = forms.organisation(MANAGER, COLLEAGUE)
    token = _token(_ask(forms, organisation)[1])
    with forms.desk.database.write() as db:
        me = people.person(db, MANAGER, forms.clock())
        people.remove(db, organisation, people.managers(db, organisation)[1].id, me, forms.clock())

    assert not _works(forms, token)
