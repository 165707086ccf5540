"""One's own sessions: all of them seen, any of them ended, and nobody else's touched."""

from datetime import timedelta

import pytest

from chalicelib.identity.model import SignedIn
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden, NotFound, NotSignedIn
from tests.office import KEYS, Office
from tests.unit.identity.test_signing import grant, sign_in, token_of
from tests.world import SMITH


def by(office: Office, signed: SignedIn) -> Call:
    return Call(signed.session.actor, office.now, "req", "api")


def signed_in(office: Office, times: int = 3) -> list[SignedIn]:
    """Sign the same customer in so often, a minute apart."""
    found = []
    for _ in range(times):
        office.now += timedelta(minutes=10)
        found.append(sign_in(office, grant(office)))
    return found


def alive(office: Office, *signed: SignedIn) -> list[bool]:
    found = []
    for one in signed:
        try:
            office.services.sessions.actor(token_of(one), office.now)
        except NotSignedIn:
            found.append(False)
        else:
            found.append(True)
    return found


def test_ones_own_sessions_are_listed_newest_first_and_nobody_elses(office: Office) -> None:
    ours = signed_in(office)
    sign_in(office, grant(office, SMITH))

    listed = office.services.ending.list(by(office, ours[0]))
    assert [session.id for session in listed] == [one.session.id for one in reversed(ours)]
    office.now += timedelta(hours=12)
    assert office.services.ending.list(by(office, ours[0])) == []


def test_one_that_is_ended_is_refused_on_the_next_request_and_is_no_longer_there(office: Office) -> None:
    first, second, third = signed_in(office)

    assert office.services.ending.end(second.session.id, by(office, first)) == 1
    assert alive(office, first, second, third) == [True, False, True]
    assert len(office.services.ending.list(by(office, first))) == 2
    with pytest.raises(NotFound):
        office.services.ending.end(second.session.id, by(office, first))
    assert office.events(first.session.actor.id)[-1] == "session.ended_elsewhere"


def test_all_others_are_ended_and_the_one_that_asks_is_not(office: Office) -> None:
    *others, last = signed_in(office)
    stranger = sign_in(office, grant(office, SMITH))

    assert office.services.ending.end_others(by(office, last)) == 2
    assert alive(office, *others, last, stranger) == [False, False, True, True]
    before = office.events(last.session.actor.id)
    assert office.services.ending.end_others(by(office, last)) == 0
    assert office.events(last.session.actor.id) == before


def test_nobody_ends_what_is_not_theirs(office: Office) -> None:
    (ours,) = signed_in(office, 1)
    stranger = sign_in(office, grant(office, SMITH))

    with pytest.raises(NotFound):
        office.services.ending.end(ours.session.id, by(office, stranger))
    with pytest.raises(Forbidden):
        office.services.ending.list(Call(Actor("kio_1", frozenset()), office.now, "req", "kiosk"))
    assert alive(office, ours, stranger) == [True, True]


def test_staff_see_and_end_theirs_too(office: Office) -> None:
    one, two = (
        office.services.identity.staff_sign_in("token-of-agent-east", office.call("anonymous")) for _ in range(2)
    )

    assert office.services.ending.end(one.session.id, by(office, two)) == 1
    assert alive(office, one, two) == [False, True]
    assert KEYS.token("session", two.session.id) == token_of(two)
