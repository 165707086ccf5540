"""Texts in the book of contacts: what is owed goes, what can wait is held at night, and nobody gets too much."""

from datetime import timedelta

import pytest

from chalicelib.callbacks.model import Barred, Contact, Outcome, Purpose, Status, Wishes
from chalicelib.callbacks.service import Texting
from chalicelib.kernel.errors import Changed
from tests.callcentre import CallCentre, at

TO = ("cus_li", "east", "+8613800138000")
# Monday, by the clocks in Shanghai.
NIGHT, MORNING = at(22), at(8) + timedelta(days=1)
REMINDER, NEWS, OWED = "appointment_reminder", "callback_broken", "complaint_received"


@pytest.fixture
def centre() -> CallCentre:
    return CallCentre()


def leave(centre: CallCentre, template: str, word: str = "apt_1/reminder") -> Barred | None:
    return Texting(centre.store, centre.framing).leave(template, TO, word, centre.call("system"))


def reminders(centre: CallCentre) -> list[str]:
    return [one.ref for one in centre.store.book("cus_li").contacts if one.purpose is Purpose.REMINDER]


@pytest.mark.parametrize("template", [OWED, "something_new"])
def test_what_is_owed_and_what_nobody_has_classed_goes_at_night_and_counts_for_nothing(
    centre: CallCentre, template: str
) -> None:
    centre.now = NIGHT

    assert leave(centre, template) is None
    assert centre.store.book("cus_li").contacts == ()


@pytest.mark.parametrize("template", [REMINDER, NEWS])
def test_what_can_wait_waits_for_the_morning_on_sundays_and_holidays_too(centre: CallCentre, template: str) -> None:
    centre.now = NIGHT
    assert leave(centre, template) == Barred("hours", MORNING)
    assert reminders(centre) == []

    centre.now = at(12) + timedelta(days=6)
    assert leave(centre, template) is None, "a Sunday"
    centre.now = at(12).replace(year=2027, month=1, day=1)
    assert leave(centre, template, "apt_2/reminder") is None, "a holiday"


def test_a_reminder_is_written_into_the_book_once_however_often_it_is_asked_about(centre: CallCentre) -> None:
    centre.now = at(12)
    for _ in range(6):
        assert leave(centre, REMINDER) is None

    assert reminders(centre) == ["apt_1/reminder"]
    assert centre.store.book("cus_li").version == 1


def test_after_four_in_a_day_the_fifth_waits_for_the_next_and_news_does_not(centre: CallCentre) -> None:
    centre.now = at(12)
    for n in range(4):
        assert leave(centre, REMINDER, f"apt_{n}/reminder") is None

    assert leave(centre, REMINDER, "apt_4/reminder") == Barred("budget", MORNING)
    assert leave(centre, NEWS, "apt_4/missed") is None
    assert leave(centre, REMINDER, "apt_3/reminder") is None, "said again, it is the same contact"
    centre.now = MORNING
    assert leave(centre, REMINDER, "apt_4/reminder") is None


def test_calls_count_against_reminders(centre: CallCentre) -> None:
    centre.now = at(12)
    book = centre.store.book("cus_li")
    for n in range(4):
        book = book.taken(Contact(centre.now, Purpose.SERVICE, f"cbk_{n}/1"))
        centre.store.save_book(book, [], None)

    assert leave(centre, REMINDER) == Barred("budget", MORNING)


def test_reminders_count_against_campaigns_and_not_against_what_they_asked_for(centre: CallCentre) -> None:
    centre.now = at(12)
    for n in range(4):
        leave(centre, REMINDER, f"apt_{n}/reminder")
    asked, campaign = centre.promised(at(13)), centre.logged(at(13), purpose=Purpose.CAMPAIGN)

    centre.pass_time(at(13))

    assert centre.get(asked).status is Status.READY
    assert centre.get(campaign).status is Status.RESTING


def test_who_refuses_reminders_gets_none_until_they_say_otherwise(centre: CallCentre) -> None:
    centre.now = at(12)
    centre.wishing.keep(Wishes(False, refuses=frozenset({Purpose.REMINDER})), centre.call())
    assert leave(centre, REMINDER) == Barred("refused", None)
    assert leave(centre, NEWS) is None
    centre.now += timedelta(days=5_000)
    assert leave(centre, REMINDER) == Barred("refused", None)

    centre.wishing.keep(Wishes(False), centre.call())
    assert leave(centre, REMINDER) is None


def test_do_not_call_is_of_calls(centre: CallCentre) -> None:
    centre.now = at(12)
    centre.wishing.keep(Wishes(True), centre.call())

    assert leave(centre, REMINDER) is None


def test_a_refusal_of_ones_own_accord_is_not_cut_short_by_one_in_a_call(centre: CallCentre) -> None:
    made = centre.logged(at(13), purpose=Purpose.CAMPAIGN)
    centre.pass_time(at(13))
    held = centre.leasing.next("", centre.call("agent-1"))
    centre.wishing.keep(Wishes(False, refuses=frozenset({Purpose.CAMPAIGN})), centre.call())
    always = centre.store.book("cus_li").refused
    centre.tried(held, Outcome.REFUSED)

    assert centre.get(made).status is Status.DECLINED
    assert centre.store.book("cus_li").refused == always


def test_a_call_that_is_not_wished_any_more_is_not_announced(centre: CallCentre) -> None:
    made = centre.logged(at(13), purpose=Purpose.CAMPAIGN)
    centre.wishing.keep(Wishes(False, refuses=frozenset({Purpose.CAMPAIGN})), centre.call())

    centre.pass_time(at(12, 50))

    assert centre.get(made).status is Status.DECLINED
    assert "announced" not in centre.events(made)


def test_whoever_writes_in_the_book_at_the_same_moment_is_not_overlooked(centre: CallCentre) -> None:
    centre.now = at(12)
    save, lost = centre.store.save_book, [2]

    def busy(*what: object) -> None:
        if lost[0]:
            lost[0] -= 1
            raise Changed
        save(*what)  # type: ignore[arg-type]

    centre.store.save_book = busy  # type: ignore[method-assign]
    assert leave(centre, REMINDER) is None
    lost[0] = 99
    with pytest.raises(Changed):
        leave(centre, REMINDER, "apt_2/reminder")

    assert reminders(centre) == ["apt_1/reminder"]


def test_a_held_word_is_asked_for_again_in_the_morning_however_late_that_is_heard(centre: CallCentre) -> None:
    made = centre.promised(at(13))
    centre.pass_time(at(13) + timedelta(days=4))
    assert centre.get(made).status is Status.BROKEN
    later = centre.now + timedelta(hours=9)

    for _ in range(2):
        centre.working.put_off(made.id, "broken", later, centre.call("system"))
    assert centre.events(made).count("word_put_off") == 1
    centre.pass_time(later)
    asked = centre.get(made)
    centre.working.put_off(made.id, "broken", later, centre.call("system"))

    assert centre.get(made) == asked
    (word,) = (it for it in asked.notices if it.key == "broken")
    assert (word.asked_at, word.tries) == (later, 1)
