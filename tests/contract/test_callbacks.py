"""What the store of promised calls promises, in memory and on DynamoDB; and what every telephony system does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.aws import clients
from chalicelib.aws.telephony import AgentDials, AmazonConnect
from chalicelib.callbacks.model import (
    Asker,
    Attempt,
    Book,
    Callback,
    Contact,
    HasOne,
    Outcome,
    Promised,
    Purpose,
    Status,
    WindowFull,
)
from chalicelib.callbacks.policy import scheduled
from chalicelib.callbacks.store import DynamoCallbacks
from chalicelib.kernel.errors import Changed, Unavailable
from chalicelib.kernel.notices import Notice
from tests.builders import id_of
from tests.fakes.callbacks import FakeTelephony
from tests.simulation.tables import MemoryTables
from tests.unit.aws.stub import Stub, trouble
from tests.world import START

CELL = START + timedelta(hours=4)


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    tables = MemoryTables() if request.param == "memory" else request.getfixturevalue("tables")
    return DynamoCallbacks(tables)


def make(n: int = 1, **what_matters: Any) -> Callback:
    """Make a call that is promised for this afternoon, or what matters."""
    facts: dict[str, Any] = {
        "id": id_of(n, "cbk"),
        "status": Status.PROMISED,
        "unit": "east",
        "customer_id": f"cus_{n}",
        "purpose": Purpose.SERVICE,
        "by": Asker.CUSTOMER,
        "asked_at": START,
        "starts_at": CELL,
        "ends_at": CELL + timedelta(hours=1),
        "expires_at": CELL + timedelta(days=3),
        "language": "en",
        "timezone": "Asia/Shanghai",
        "country": "CN",
        "reason": "My card is blocked.",
        "phone": "+8613800138000",
        "cell": CELL,
    }
    return scheduled(Callback(**facts | what_matters))


def promise(store: Any, callback: Callback, most: int = 9) -> Callback:
    store.promise(callback, most, f"word of {callback.id}", [], None)
    return callback


def save(store: Any, before: Callback, **changed: Any) -> Callback:
    beside = {name: changed.pop(name) for name in ("most", "book") if name in changed}
    after = scheduled(replace(before, version=before.version + 1, **changed))
    store.save(after, before, [], None, **beside)
    return after


def line_up(store: Any, before: Callback, minutes: int = 0) -> Callback:
    place = START + timedelta(minutes=minutes)
    return save(store, before, status=Status.READY, place=place, ready_at=place)


def test_what_was_promised_is_found_as_it_was_by_id_number_and_word(store: Any) -> None:
    attempt = Attempt(1, "agent-1", START, START, "contact-1", Outcome.NO_ANSWER, START, "rings")
    notice = Notice("late", "callback_late", "lead", START, facts={"a": "b"})
    more = {
        "attempts": (attempt, Attempt(2, "agent-2", START)),
        "notices": (notice,),
        "support_needs": ("slow_speech",),
    }
    callback = promise(store, make(**more, about="tkt_1", prefer="agent-1", topic="cards", late=True, lost=2))

    assert store.get(callback.id) == store.get(callback.number) == store.by_word(f"word of {callback.id}") == callback
    assert store.get("cbk_nonsense") is store.get(id_of(2, "cbk")) is store.by_word("another") is None


def test_a_matter_has_one_open_call_and_a_number_one_owner(store: Any) -> None:
    first = promise(store, make())

    with pytest.raises(Promised) as known:
        promise(store, make(2, customer_id="cus_1"))
    with pytest.raises(Changed):
        promise(store, make(customer_id="cus_2"))

    assert known.value.callback == first.id
    save(store, first, status=Status.CANCELLED, ended_at=START, cell=None)
    promise(store, make(2, customer_id="cus_1"))


def test_a_window_bears_so_many_and_what_is_given_back_is_free(store: Any) -> None:
    first = promise(store, make(), 2)
    promise(store, make(2), 2)
    for most in (2, 0):
        with pytest.raises(WindowFull):
            promise(store, make(3), most)
    assert store.taken("east", CELL, CELL) == {CELL: 2}
    later = CELL + timedelta(hours=1)

    moved = save(store, first, starts_at=later, cell=later, most=1)

    assert store.taken("east", CELL, later) == {CELL: 1, later: 1}
    save(store, moved, status=Status.CANCELLED, ended_at=START, cell=None)
    assert {start: count for start, count in store.taken("east", CELL, later).items() if count} == {CELL: 1}


def test_a_move_into_a_full_window_leaves_everything_as_it_was(store: Any) -> None:
    later = CELL + timedelta(hours=1)
    promise(store, make(2, cell=later), 1)
    first = promise(store, make())

    with pytest.raises(WindowFull):
        save(store, first, starts_at=later, cell=later, most=1)

    assert store.get(first.id) == first
    assert store.taken("east", CELL, later) == {CELL: 1, later: 1}


def test_the_line_is_in_order_and_has_only_who_may_be_taken(store: Any) -> None:
    third, first, second = (promise(store, make(n, cell=None)) for n in (1, 2, 3))
    line_up(store, third, 30)
    held = line_up(store, first, 10)
    line_up(store, second, 20)

    assert [row.id for row in store.line("east", 25, None).items] == [first.id, second.id, third.id]
    save(store, held, status=Status.LEASED, leased_by="agent-1", lease_until=START)
    page = store.line("east", 1, None)
    assert [row.id for row in page.items] == [second.id]
    assert [row.id for row in store.line("east", 1, page.next).items] == [third.id]
    assert store.line("london", 25, None).items == ()


def test_a_hand_holds_one_call_and_is_empty_afterwards(store: Any) -> None:
    one, two = (line_up(store, promise(store, make(n, cell=None))) for n in (1, 2))
    held = save(store, one, status=Status.LEASED, leased_by="agent-1", lease_until=START)

    with pytest.raises(HasOne) as full:
        save(store, two, status=Status.LEASED, leased_by="agent-1", lease_until=START)
    assert full.value.callback == store.hand("agent-1") == one.id

    save(store, held, status=Status.READY, leased_by="", lease_until=None)
    assert store.hand("agent-1") == ""


def test_of_two_who_change_it_one_does(store: Any) -> None:
    callback = promise(store, make())
    save(store, callback, late=True)

    with pytest.raises(Changed):
        save(store, callback, lost=1)


def test_a_book_is_written_with_a_call_or_neither_is(store: Any) -> None:
    callback = promise(store, make())
    empty = store.book("cus_1")
    book = replace(empty.taken(Contact(START, Purpose.SERVICE, "x/1")), refused={Purpose.CAMPAIGN: CELL})
    written = save(store, callback, late=True, book=book)
    assert (empty, store.book("cus_1")) == (Book("cus_1"), book)

    with pytest.raises(Changed):
        save(store, written, lost=1, book=book)

    assert store.get(callback.id) == written
    store.save_book(book.given_back("x/1"), [], None)
    assert store.book("cus_1").contacts == ()


def test_a_customers_calls_come_newest_first_and_a_units_by_their_time(store: Any) -> None:
    old, new = (
        promise(store, make(1, starts_at=CELL + timedelta(hours=2))),
        promise(store, make(2, customer_id="cus_1", about="t")),
    )

    assert [row.id for row in store.of_customer("cus_1", 25, None).items] == [new.id, old.id]
    until = CELL + timedelta(hours=9)
    assert [row.id for row in store.of_unit("east", CELL, until, 25, None).items] == [new.id, old.id]
    assert store.of_unit("east", CELL - timedelta(hours=2), CELL - timedelta(hours=1), 25, None).items == ()


CONNECT = AmazonConnect("instance", "flow", "+862150000000")


@pytest.mark.parametrize("system", ["fake", "connect", "agent"])
def test_a_telephony_system_gives_one_id_for_one_token(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stub = Stub({"ContactId": "contact-cbk_1-1"})
    monkeypatch.setattr(clients, "connect", lambda: stub)
    telephony: Any = {"fake": FakeTelephony(), "connect": CONNECT, "agent": AgentDials()}[system]

    ids = {telephony.ring("cbk_1-1", "+8613800138000", "agent-1", {"callback": "cbk_1"}) for _ in range(2)}

    assert len(ids) == 1
    assert telephony.shows_numbers is (system == "agent")


def test_connect_is_told_our_name_of_the_try_and_whom_to_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    stub = Stub({"ContactId": "c"})
    monkeypatch.setattr(clients, "connect", lambda: stub)

    CONNECT.ring("cbk_1-1", "+8613800138000", "agent-1", {"callback": "cbk_1"})

    (asked,) = stub.asked
    assert asked["operation"] == "start_outbound_voice_contact"
    assert (asked["ClientToken"], asked["DestinationPhoneNumber"]) == ("cbk_1-1", "+8613800138000")
    assert asked["Attributes"] == {"callback": "cbk_1", "agent": "agent-1"}


@pytest.mark.parametrize("system", ["fake", "connect"])
def test_a_telephony_system_that_takes_nothing_is_unavailable(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "connect", lambda: Stub(trouble("ThrottlingException")))
    telephony: Any = FakeTelephony(away=True) if system == "fake" else CONNECT

    with pytest.raises(Unavailable):
        telephony.ring("cbk_1-1", "+8613800138000", "agent-1", {})


def test_connect_knows_what_it_is_asked() -> None:
    """The real client checks the names and types of a call before it leaves."""
    from botocore.stub import Stubber

    client = clients.connect.__wrapped__()
    asked = {
        "DestinationPhoneNumber": "+8613800138000",
        "ContactFlowId": "flow",
        "InstanceId": "instance",
        "SourcePhoneNumber": "+862150000000",
        "ClientToken": "cbk_1-1",
        "Attributes": {"agent": "agent-1"},
    }
    with Stubber(client) as stub:
        stub.add_response("start_outbound_voice_contact", {"ContactId": "c-1"}, asked)
        assert client.start_outbound_voice_contact(**asked)["ContactId"] == "c-1"
