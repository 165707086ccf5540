"""The numbers and rules of kiosks."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.tokens import Keys
from chalicelib.kiosks import policy
from chalicelib.kiosks.model import NEXT, Kiosk, Notice, Open, State
from tests.world import START

MINUTE = timedelta(minutes=1)


def make_kiosk(**what_matters: Any) -> Kiosk:
    facts = {"id": "kio_01M8323B80R71NV7ECMN7C58DA", "unit": "east", "branch": "bund", "name": "Hall"}
    return Kiosk(**facts | {"services": frozenset({"requests"})} | what_matters)


def test_codes_are_drawn_evenly_from_letters_nobody_confuses() -> None:
    keys = Keys(b"root")
    codes = [policy.code_of(keys.digest("enrolment", str(n))) for n in range(5000)]

    assert all(len(code) == 14 and code[4] == code[9] == "-" for code in codes)
    letters = Counter("".join(codes).replace("-", ""))
    assert len(letters) == 32 and not set("ILOU") & set(letters)
    assert all(abs(count - 60_000 / 32) < 250 for count in letters.values())
    assert len(set(codes)) == 5000


def test_a_code_is_read_as_people_type_it() -> None:
    assert policy.typed(" oi1l-7k3q xw2m ") == "0111-7K3Q-XW2M"
    assert policy.typed("7k3qxw2m9pdt") == "7K3Q-XW2M-9PDT"
    assert policy.typed("") == ""


@pytest.mark.parametrize(("state", "to"), [(a, b) for a in State for b in State])
def test_every_step_is_in_the_table_or_refused(state: State, to: State) -> None:
    kiosk = make_kiosk(state=state)

    if to in NEXT[state]:
        assert kiosk.moved(to).state is to
        return
    with pytest.raises(NotAllowedNow):
        kiosk.moved(to)


def test_what_is_due_next_is_silence_or_a_word_that_nobody_took() -> None:
    notice = Notice("k", "kiosk_silent", START)
    heard = make_kiosk(state=State.ACTIVE, heard_at=START)

    assert policy.scheduled(heard).due_at == START + 5 * MINUTE
    assert policy.scheduled(replace(heard, silent_since=START)).due_at is None
    assert policy.scheduled(replace(heard, silent_since=START, notices=(notice,))).due_at == START + 10 * MINUTE
    for state in (State.REGISTERED, State.DISABLED, State.RETIRED):
        assert policy.scheduled(replace(heard, state=state)).due_at is None


def test_a_word_is_asked_for_again_ever_more_seldom() -> None:
    waits = [policy.ask_again_at(Notice("k", "t", START, tries)) - START for tries in (1, 2, 3, 9, 99)]

    assert waits == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, timedelta(days=1), timedelta(days=1)]


def test_closing_gives_what_was_in_force_and_forgets_what_was_not() -> None:
    old, own, visit = Open("1", "m1", START), Open("2", "m2", START + MINUTE), Open("3", "m3", START + MINUTE, "cus")
    kiosk = make_kiosk(open=(old, own, visit))

    after, ended = kiosk.closed(START, lambda one: bool(one.customer))

    assert (after.open, ended) == ((own,), (visit,))
    assert kiosk.closed(START)[1] == (own, visit)
    assert kiosk.visit(START) == visit
    assert kiosk.visit(START + MINUTE) is None
