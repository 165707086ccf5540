"""Documents in a branch: what is kept, when two people look, and who the second may be."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, ConflictOfInterest, Forbidden, NotAllowedNow, NotFound
from chalicelib.kernel.tokens import Keys
from chalicelib.verification.documents import policy
from chalicelib.verification.documents.model import Kind, Outcome, Shown, Why
from chalicelib.verification.documents.service import Witnessing
from chalicelib.verification.documents.store import DynamoDocuments
from tests.simulation.tables import MemoryTables
from tests.world import START

TODAY = date(2026, 11, 23)
CARD = Shown(Kind.ID_CARD, "310101199001011234", date(2031, 5, 31), matches=True)
CLERK, SECOND = (Actor(id_, frozenset({Role.CLERK}), "east", frozenset({"east"})) for id_ in ("clerk", "second"))


@dataclass(frozen=True)
class Visit:
    id: str = "apt_1"
    customer: str = "cus_li"
    unit: str = "east"
    branch: str = "hall"
    today: date = TODAY
    by_two: bool = False


@dataclass
class Counter:
    """A counter with one visit after another."""

    tables: MemoryTables = field(default_factory=MemoryTables)
    visit: Visit = field(default_factory=Visit)

    def __post_init__(self) -> None:
        self.store = DynamoDocuments(self.tables)
        self.documents = Witnessing(self.store, self, Keys(b"a root secret for tests"))

    def visited(self, id_: str, call: Call) -> Visit:
        return self.visit

    def see(self, shown: Shown = CARD, actor: Actor = CLERK) -> Any:
        return self.documents.see(self.visit.id, shown, call(actor))

    def second(self, shown: Shown = CARD, actor: Actor = SECOND) -> Any:
        return self.documents.second(self.visit.id, shown, call(actor))

    def witnessed(self, on: date = TODAY) -> Any:
        return self.documents.witnessed(self.visit.id, on)

    def events(self) -> list[str]:
        return [record.event for record in self.tables.chains[f"doc_{self.visit.id}"]]


def call(actor: Actor) -> Call:
    return Call(actor, START, "request", "desk")


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def risky() -> Counter:
    return Counter(visit=Visit(by_two=True))


def test_a_document_that_fits_is_verified_and_neither_number_nor_plain_digest_is_kept(counter: Counter) -> None:
    seen = counter.see()

    assert (seen.outcome, seen.why, seen.by_two) == (Outcome.VERIFIED, Why.MATCHES, False)
    assert counter.witnessed() == replace(seen, version=seen.version)
    everything = str(counter.tables.items) + str(counter.tables.chains) + repr(CARD)
    assert CARD.number not in everything
    assert "matches" in str(counter.tables.chains["doc_apt_1"][0].body)
    import hashlib

    assert hashlib.sha256(CARD.number.encode()).hexdigest() not in everything
    assert seen.sha256 not in str(counter.tables.chains)


@pytest.mark.parametrize(
    ("but", "why"),
    [({"matches": False}, Why.DOES_NOT_MATCH), ({"expires_on": date(2026, 11, 22)}, Why.EXPIRED)],
)
def test_what_does_not_fit_or_has_expired_proves_nothing(counter: Counter, but: dict[str, Any], why: Why) -> None:
    seen = counter.see(replace(CARD, **but))

    assert (seen.outcome, seen.why, counter.witnessed()) == (Outcome.REFUSED, why, None)


def test_a_document_is_good_on_the_day_it_expires(counter: Counter) -> None:
    assert counter.see(replace(CARD, expires_on=TODAY)).outcome is Outcome.VERIFIED


def test_what_was_seen_on_another_day_proves_nothing_today(counter: Counter) -> None:
    counter.see()

    assert counter.witnessed(date(2026, 11, 24)) is None


def test_where_much_depends_on_it_one_person_is_not_enough(risky: Counter) -> None:
    assert risky.see().outcome is Outcome.AWAITING_SECOND
    assert risky.witnessed() is None

    seconded = risky.second()

    assert (seconded.outcome, seconded.by_two, risky.witnessed().by_two) == (Outcome.VERIFIED, True, True)
    assert risky.events() == ["document.seen", "document.seconded"]


def test_nobody_is_the_second_person_to_themselves(risky: Counter) -> None:
    risky.see()

    with pytest.raises(ConflictOfInterest):
        risky.second(actor=CLERK)
    assert risky.witnessed() is None


@pytest.mark.parametrize(
    ("but", "why"),
    [
        ({"number": "310101199001011235"}, Why.SEEN_OTHERWISE),
        ({"kind": Kind.PASSPORT}, Why.SEEN_OTHERWISE),
        ({"expires_on": date(2031, 6, 1)}, Why.SEEN_OTHERWISE),
        ({"matches": False}, Why.DOES_NOT_MATCH),
    ],
)
def test_two_who_do_not_see_the_same_have_seen_nothing(risky: Counter, but: dict[str, Any], why: Why) -> None:
    risky.see()

    seen = risky.second(replace(CARD, **but))

    assert (seen.outcome, seen.why, risky.witnessed()) == (Outcome.REFUSED, why, None)


def test_a_number_is_the_same_however_it_is_spaced(risky: Counter) -> None:
    risky.see(replace(CARD, number="e 1234-5678"))

    assert risky.second(replace(CARD, number="E12345678")).outcome is Outcome.VERIFIED
    assert policy.plain("e 1234-5678") == "E12345678"


def test_another_number_than_the_one_before_takes_two(counter: Counter) -> None:
    counter.see()
    counter.visit = Visit("apt_2")

    seen = counter.see(replace(CARD, number="310101199001011235"))

    assert (seen.outcome, seen.why) == (Outcome.AWAITING_SECOND, Why.OTHER_THAN_BEFORE)
    counter.second(replace(CARD, number="310101199001011235"))
    counter.visit = Visit("apt_3")
    assert counter.see(replace(CARD, number="310101199001011235")).outcome is Outcome.VERIFIED


def test_of_somebody_nobody_knows_nothing_is_remembered(counter: Counter) -> None:
    counter.visit = Visit(customer="")
    counter.see()

    assert [key for key in counter.tables.items["verification"] if key[0] != "apt_1"] == []


def test_looking_anew_counts_instead_of_what_was_seen_before(risky: Counter) -> None:
    risky.see()
    risky.second()

    assert risky.see().outcome is Outcome.AWAITING_SECOND
    assert risky.witnessed() is None


def test_there_is_no_second_look_without_a_first_nor_after_it_is_over(counter: Counter, risky: Counter) -> None:
    with pytest.raises(NotFound):
        risky.second()
    counter.see()
    with pytest.raises(NotAllowedNow):
        counter.second()
    risky.see()
    risky.visit = Visit(by_two=True, today=date(2026, 11, 24))
    with pytest.raises(NotAllowedNow):
        risky.second()


def test_two_who_look_at_once_do_not_overwrite_each_other(risky: Counter) -> None:
    risky.see()
    stale = risky.store.get("apt_1")
    assert stale is not None
    risky.second()

    with pytest.raises(Changed):
        risky.store.save(replace(stale, outcome=Outcome.VERIFIED), [], None)


def test_only_who_receives_customers_looks_at_documents(counter: Counter) -> None:
    for role in (Role.CUSTOMER, Role.COMPLIANCE, Role.AUDITOR, Role.ADMIN):
        with pytest.raises(Forbidden):
            counter.see(actor=Actor("x", frozenset({role}), "east", frozenset({"east"})))
    counter.see()
    assert counter.documents.seen("apt_1", call(CLERK)).outcome is Outcome.VERIFIED
