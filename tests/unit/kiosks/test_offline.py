"""Checking in while there is no network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden
from chalicelib.kernel.tokens import Keys
from chalicelib.kiosks.model import Arrival, Expected
from chalicelib.kiosks.service import Keeping, OfflineList
from chalicelib.kiosks.service.offline import hashed
from tests.fakes import MemoryKiosks
from tests.unit.kiosks.test_policy import make_kiosk
from tests.world import START

KIOSK = make_kiosk()
DAY = date(2026, 11, 23)


@dataclass
class FakeArrivals:
    """Appointments of one branch; what came is done once by the name of its event."""

    done: dict[str, tuple[str, str, str, datetime]] = field(default_factory=dict)

    def expected(self, branch: str, day: date) -> Sequence[Expected]:
        return [Expected("A-1", "WXYZ-1234", START)] if (branch, day) == ("bund", DAY) else []

    def arrived(self, branch: str, number: str, code: str, at: datetime, event: str, call: Call) -> str:
        if event in self.done:
            return "checked_in"
        if number != "A-1" and code != "WXYZ-1234":
            return "unknown"
        if self.done:
            return "already"
        self.done[event] = branch, number, code, at
        return "checked_in"


def make_list() -> OfflineList:
    store = MemoryKiosks({KIOSK.id: KIOSK})
    sessions: Any = None
    return OfflineList(Keeping(store, sessions), FakeArrivals(), Keys(b"root"))


def call(entropy: bytes = b"\x01", offers: str = "check_in", now: datetime = START) -> Call:
    kiosk = Actor(KIOSK.id, frozenset({Role.KIOSK}), "east", device=KIOSK.id, offers=frozenset({offers}))
    return Call(kiosk, now, "request", "kiosk", entropy=lambda n: entropy * n)


def test_the_list_has_numbers_and_hashes_and_no_code() -> None:
    taken = make_list().of(DAY, call())

    assert taken.expected == (("A-1", hashed("WXYZ-1234", taken.salt), START),)
    assert "WXYZ" not in repr(taken)
    assert taken.expected != make_list().of(DAY, call(b"\x02")).expected  # salted anew each time
    assert make_list().of(date(2026, 11, 24), call()).expected == ()


def test_the_list_is_signed_whole() -> None:
    one, other = make_list().of(DAY, call()), make_list().of(date(2026, 11, 24), call())

    assert one.signature == make_list().of(DAY, call()).signature
    assert one.signature != other.signature
    assert one.signature != make_list().of(DAY, call(now=START + timedelta(seconds=1))).signature


def test_a_kiosk_that_does_not_check_in_gets_no_list_and_brings_nobody() -> None:
    for ask in (lambda: make_list().of(DAY, call(offers="requests")), lambda: make_list().sync([], call(offers=""))):
        with pytest.raises(Forbidden):
            ask()


def test_who_came_is_checked_in_once_however_often_and_late_it_is_told() -> None:
    offline = make_list()
    came = Arrival("e-1", START - timedelta(hours=3), code="WXYZ-1234")

    outcomes = [offline.sync([came], call())[0].outcome for _ in range(3)]

    assert outcomes == ["checked_in"] * 3
    arrivals: Any = offline.arrivals
    assert arrivals.done == {f"{KIOSK.id}.e-1": ("bund", "", "WXYZ-1234", came.at)}


def test_each_conflict_is_told_for_itself() -> None:
    told = make_list().sync(
        [
            Arrival("a", START, number="A-1"),
            Arrival("b", START, number="A-1"),
            Arrival("c", START, number="A-9"),
            Arrival("d", START + timedelta(minutes=2, seconds=1), number="A-1"),
            Arrival("e", START - timedelta(hours=24, seconds=1), number="A-1"),
        ],
        call(),
    )

    assert [(one.event, one.outcome) for one in told] == [
        ("a", "checked_in"),
        ("b", "already"),
        ("c", "unknown"),
        ("d", "in_the_future"),
        ("e", "too_early"),
    ]


def test_a_clock_that_is_a_little_ahead_does_not_make_anybody_come_in_the_future() -> None:
    offline = make_list()

    offline.sync([Arrival("a", START + timedelta(minutes=2), number="A-1")], call())

    arrivals: Any = offline.arrivals
    assert [at for *_, at in arrivals.done.values()] == [START]
