"""Checking in at a kiosk, with a line or without."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.appointments.model import Came, Guest
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden
from chalicelib.kiosks.model import Arrival, KioskDisabled, State, explained
from chalicelib.kiosks.model.offline import EXPLAINED
from chalicelib.kiosks.service import Keeping, OfflineList
from tests.fakes import MemoryKiosks
from tests.unit.kiosks.test_policy import make_kiosk
from tests.world import START

KIOSK = make_kiosk(state=State.ACTIVE)
DAY = date(2026, 11, 23)


@dataclass
class FakeArrivals:
    """Appointments of one branch; what came is done once by the name the kiosk has for it."""

    done: dict[str, tuple[str, tuple[str, str], datetime]] = field(default_factory=dict)

    def expected(self, branch: str, day: date | None, call: Call) -> tuple[date, Sequence[Guest]]:
        wanted = day or DAY
        return wanted, [Guest("A-1", "WXYZ-1234", START)] if (branch, wanted) == ("bund", DAY) else []

    def came(self, branch: str, who: tuple[str, str], at: datetime, note: str, call: Call) -> Came:
        if note in self.done:
            return Came("checked_in", "A001")
        if who not in (("A-1", ""), ("", "WXYZ-1234")):
            return Came("not_found")
        if self.done:
            return Came("already", "A001")
        self.done[note] = branch, who, at
        return Came("checked_in", "A001")


def make_list(**kiosk: Any) -> OfflineList:
    store = MemoryKiosks()
    store.save(make_kiosk(**{"state": State.ACTIVE, "version": 0, **kiosk}), [], None)
    sessions: Any = None
    return OfflineList(Keeping(store, sessions), FakeArrivals())


def call(entropy: bytes = b"\x01", offers: str = "check_in", now: datetime = START) -> Call:
    kiosk = Actor(KIOSK.id, frozenset({Role.KIOSK}), "east", device=KIOSK.id, offers=frozenset({offers}))
    return Call(kiosk, now, "request", "kiosk", entropy=lambda n: entropy * n)


def done(offline: OfflineList) -> Any:
    arrivals: Any = offline.arrivals
    return arrivals.done


def test_the_list_has_digests_and_neither_number_nor_code() -> None:
    taken = make_list().of(None, call())

    (line,) = taken.expected
    key = bytes.fromhex(taken.salt)
    assert line.code == hmac.new(key, b"WXYZ-1234", hashlib.sha256).hexdigest()
    assert line.number == hmac.new(key, b"A-1", hashlib.sha256).hexdigest()
    assert (line.starts_at, taken.day, taken.branch, taken.made_at) == (START, DAY, "bund", START)
    assert "WXYZ" not in repr(taken) and "A-1" not in repr(taken)
    assert make_list().of(date(2026, 11, 24), call()).expected == ()


def test_digests_are_of_one_list_only() -> None:
    one, other = (make_list().of(None, call(entropy)) for entropy in (b"\x01", b"\x02"))

    assert {one.expected[0].number, one.expected[0].code}.isdisjoint({other.expected[0].number, other.expected[0].code})


def test_a_kiosk_that_does_not_check_in_gets_no_list_and_brings_nobody() -> None:
    for ask in (lambda: make_list().of(DAY, call(offers="requests")), lambda: make_list().sync([], call(offers=""))):
        with pytest.raises(Forbidden):
            ask()


def test_who_came_is_checked_in_once_however_often_and_late_it_is_told() -> None:
    offline = make_list()
    came = Arrival("e-1", START - timedelta(hours=3), code="WXYZ-1234")

    settled = [offline.sync([came], call())[0] for _ in range(3)]

    assert [(one.outcome, one.ticket) for one in settled] == [("checked_in", "A001")] * 3
    assert done(offline) == {f"{KIOSK.id}.e-1": ("bund", ("", "WXYZ-1234"), came.at)}


def test_each_is_told_for_itself_and_counted_in_one_record() -> None:
    offline = make_list()
    records: list[Any] = []
    store: Any = offline.keeping.store
    save = store.save
    store.save = lambda kiosk, recorded, *rest, **more: (records.extend(recorded), save(kiosk, recorded, *rest, **more))

    told = offline.sync(
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
        ("c", "not_found"),
        ("d", "in_the_future"),
        ("e", "too_old"),
    ]
    (record,) = records
    assert record.event == "kiosk.arrivals_brought"
    assert record.body["outcomes"] == {
        "checked_in": 1,
        "already": 1,
        "not_found": 1,
        "in_the_future": 1,
        "too_old": 1,
    }


def test_a_clock_that_is_a_little_ahead_does_not_make_anybody_come_in_the_future() -> None:
    offline = make_list()

    offline.sync([Arrival("a", START + timedelta(minutes=2), number="A-1")], call())

    assert [at for *_, at in done(offline).values()] == [START]


def test_one_that_was_disabled_since_its_request_came_in_is_told_so() -> None:
    with pytest.raises(KioskDisabled):
        make_list(state=State.DISABLED).sync([Arrival("a", START, number="A-1")], call())


def test_every_outcome_is_said_in_both_languages() -> None:
    for outcome in EXPLAINED:
        assert set(explained(outcome)) == {"en", "zh-CN"}
        assert all(explained(outcome).values())
    assert explained("something_new") == explained("not_found")


def test_only_a_device_that_is_in_use_stands_anywhere() -> None:
    standing = {state: make_list(state=state).keeping.branch_of(KIOSK.id) for state in State}

    assert standing == dict.fromkeys(State, "") | {State.ACTIVE: "bund"}
    assert make_list().keeping.branch_of("kio_none") == ""
