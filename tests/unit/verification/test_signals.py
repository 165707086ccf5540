"""Signals: what is known decides by a row, and what is not known keeps nobody out."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.risk import CARRIES, OTHERWISE, Outcome, Use
from chalicelib.kernel.tokens import Keys
from chalicelib.sla.reading import PackError
from chalicelib.verification.signals.model import NOTHING, UNKNOWN, VALUES, Signal
from chalicelib.verification.signals.policy import Tables, decided, read_rules
from chalicelib.verification.signals.service import Judging
from tests.architecture.sources import ROOT
from tests.fakes import FakeDevices, FakeNumbers, MemoryChecks
from tests.unit.verification.asking import call
from tests.world import LI, SMITH, START

FOLDER = ROOT / "chalicelib" / "packs" / "signals"
RULES = read_rules(FOLDER / "house.toml")
SWAPPED = {"sim_swap": "recent", "call_diversion": "off", "line_type": "mobile"}
FINE = {"sim_swap": "none", "call_diversion": "off", "line_type": "mobile"}


class Desk:
    """Somebody who judges numbers, with everything outside made up."""

    def __init__(self, daily: int = 100, **told: Any) -> None:
        self.numbers = FakeNumbers({LI: told} if told else {})
        self.store, self.devices = MemoryChecks(), FakeDevices()
        self.judging = Judging(self.store, Keys(b"k"), self.numbers, self.devices, Tables(FOLDER), daily)

    def judged(self, use: Use = Use.STEP_UP, phone: str = LI, after: timedelta = timedelta()) -> Any:
        return self.judging.judged(use, phone, call(after.total_seconds()))

    def events(self) -> list[str]:
        return [record.event for record in self.records()]

    def records(self) -> Iterator[Any]:
        for subject in self.store.ledger.chains:
            yield from self.store.ledger.chain(subject)


def test_a_row_decides_and_says_why_in_both_languages() -> None:
    found = Desk(**SWAPPED).judged()

    assert (found.outcome, found.row, found.table) == (Outcome.OTHER_CHANNEL, "swapped_sim", "house@2020-01-01.1")
    assert found.signals == SWAPPED
    assert set(found.why) == {"en", "zh"}
    assert not found.allowed


def test_where_no_row_fits_what_is_usual_is_done() -> None:
    found = Desk(**FINE).judged()

    assert (found.allowed, found.row, found.signals) == (True, OTHERWISE, FINE)


@pytest.mark.parametrize("use", Use)
def test_unknown_is_legal_everywhere_and_keeps_nobody_out(use: Use) -> None:
    desk = Desk()
    desk.numbers.away = True
    found = desk.judged(use)

    assert found.allowed
    assert found.within is None
    assert set(found.signals.values()) == {UNKNOWN}


def test_where_nobody_is_asked_nothing_is_read_or_written() -> None:
    desk = Desk()
    desk.numbers.name = ""
    desk.store.get = None  # type: ignore[assignment, method-assign]

    assert desk.judged().allowed
    assert (desk.numbers.asked, desk.events()) == ([], [])


def test_an_answer_is_believed_for_a_quarter_of_an_hour() -> None:
    desk = Desk(**SWAPPED)
    for minutes in (0, 1, 14.9):
        assert desk.judged(after=timedelta(minutes=minutes)).outcome is Outcome.OTHER_CHANNEL
    assert desk.numbers.asked == [(LI, START - timedelta(days=7))]

    desk.numbers.told[LI] = FINE
    assert desk.judged(after=timedelta(minutes=15)).allowed
    assert len(desk.numbers.asked) == 2


def test_an_outage_is_believed_for_a_minute_so_that_not_everybody_waits_for_it() -> None:
    desk = Desk(**SWAPPED)
    desk.numbers.away = True
    assert [desk.judged(after=timedelta(seconds=at)).allowed for at in (0, 59)] == [True, True]
    assert len(desk.numbers.asked) == 1

    desk.numbers.away = False
    assert not desk.judged(after=timedelta(seconds=60)).allowed


def test_a_sign_in_asks_nobody_and_goes_by_what_is_known_already() -> None:
    desk = Desk(**SWAPPED)
    desk.devices.says = "new"
    assert desk.judged(Use.SIGN_IN).allowed
    assert desk.numbers.asked == []

    desk.judged(Use.STEP_UP)
    assert desk.judged(Use.SIGN_IN).row == "swapped_sim_and_new_device"
    desk.devices.says = "known"
    assert desk.judged(Use.SIGN_IN).allowed


def test_whether_a_device_is_new_is_asked_only_where_it_matters() -> None:
    desk = Desk(**FINE)
    for use in (Use.SIGN_IN, Use.STEP_UP, Use.PAYMENT, Use.CALLBACK):
        desk.judged(use)
    assert desk.devices.asked == 0

    desk.judged(Use.PROOF)
    assert desk.devices.asked == 1


def test_a_day_s_questions_are_counted_and_beyond_them_all_is_unknown() -> None:
    desk = Desk(daily=1, **SWAPPED)
    assert desk.judged(phone=SMITH).allowed

    assert desk.judged().allowed, "the day's question was spent on somebody else"
    assert [phone for phone, _ in desk.numbers.asked] == [SMITH]
    assert not desk.judged(after=timedelta(days=1)).allowed


def test_what_was_asked_and_what_came_of_it_is_recorded_once_and_says_no_number() -> None:
    desk = Desk(**SWAPPED)
    for _ in range(3):
        desk.judged()
    desk.judged(Use.PAYMENT)

    assert desk.events() == ["number.checked", "number.judged", "number.judged"]
    checked, judged, _ = desk.records()
    (kept,) = desk.store.kept.values()
    assert checked.body["signals"] == SWAPPED
    assert checked.body["sha256"] == kept.digest
    assert (judged.body["row"], judged.body["outcome"], judged.body["use"]) == (
        "swapped_sim",
        "other_channel",
        "step_up",
    )
    assert LI[1:] not in repr([*desk.records(), kept])


def test_of_two_who_ask_at_once_the_second_goes_by_what_the_first_stored() -> None:
    desk = Desk(**FINE)

    def first() -> None:
        desk.numbers.meanwhile = lambda: None
        other = Desk(**SWAPPED)
        other.store, desk.numbers.meanwhile = desk.store, lambda: None
        dataclasses.replace(other.judging, store=desk.store).judged(Use.STEP_UP, LI, call())

    desk.numbers.meanwhile = first
    assert desk.judged().row == "swapped_sim"
    assert desk.events() == ["number.checked", "number.judged"]


@pytest.mark.parametrize("use", Use)
def test_whatever_is_known_the_table_decides_what_the_use_can_do(use: Use) -> None:
    legal = [sorted(VALUES[signal]) for signal in NOTHING]
    for values in product(*legal):
        for device in VALUES[Signal.NEW_DEVICE]:
            known = dict(zip(NOTHING, values, strict=True))
            found = decided(RULES, use, known, lambda device=device: device, None)
            assert found.outcome in CARRIES[use]
            if set(values) | {device} == {UNKNOWN}:
                assert found.allowed


@given(
    st.fixed_dictionaries({signal: st.sampled_from(sorted(VALUES[signal])) for signal in NOTHING}), st.sampled_from(Use)
)
def test_to_know_less_never_refuses_more(known: dict[Signal, str], use: Use) -> None:
    before = decided(RULES, use, known, lambda: UNKNOWN, None)
    for signal in NOTHING:
        after = decided(RULES, use, {**known, signal: UNKNOWN}, lambda: UNKNOWN, None)
        assert before.allowed <= after.allowed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('outcome = "hold"', 'outcome = "other_channel"', "callback can do allow, hold"),
        ('sim_swap = ["recent"]', 'sim_swap = ["soon"]', "must be some of none, recent, unknown"),
        ('sim_swap = ["recent"]', 'moon = ["full"]', "is no signal"),
        ('uses = ["sign_in"]', 'uses = ["sing_in"]', "must be some of sign_in"),
        ('uses = ["sign_in"]', "uses = []", "a row needs a use"),
        ('id = "swapped_sim"\n', 'id = "no_mobile"\n', "names of their own"),
        ('id = "swapped_sim"\n', 'id = "otherwise"\n', "names of their own"),
        ('outcome = "other_channel"\n', 'outcome = "other_channel"\nwithin_seconds = 5\n', "is for proof alone"),
        ("answered_seconds = 900", "answered_seconds = 5", "must be 60 to"),
        ('id = "house"', 'id = "home"', "the file must be called"),
        ("swapped_days = 7", "swapped_days = 7\nmood = 1", "is not a known key"),
    ],
)
def test_a_wrong_table_is_refused_by_name(tmp_path: Any, old: str, new: str, said: str) -> None:
    text = (FOLDER / "house.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "house.toml").write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(PackError, match=said):
        read_rules(tmp_path / "house.toml")


def test_the_newest_table_in_force_decides(tmp_path: Any) -> None:
    text = (FOLDER / "house.toml").read_text("utf-8")
    (tmp_path / "house.toml").write_text(text, "utf-8")
    later = text.replace("2020-01-01", "2026-11-24")
    (tmp_path / "house@2026-11-24.1.toml").write_text(later, "utf-8")

    tables = Tables(tmp_path)
    assert [tables.at(START + timedelta(days=days)).ref for days in (0, 1)] == [
        "house@2020-01-01.1",
        "house@2026-11-24.1",
    ]
    with pytest.raises(PackError):
        Tables(tmp_path).at(START - timedelta(days=4000))
