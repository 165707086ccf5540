"""Records are a chain: each is bound to the one before, and hashed in the one form that never varies."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import GENESIS, Event, Link, canonical, chained, digest, end

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALL = Call(Actor("agent-east", frozenset({Role.AGENT, Role.SUPERVISOR})), NOON, "req-1", "desk")


@dataclass(frozen=True)
class Happened(Event):
    """Something, for tests."""

    NAME: ClassVar[str] = "thing.happened"
    what: Any
    why: str | None = None


def test_a_chain_begins_at_the_beginning_and_each_record_is_bound_to_the_one_before() -> None:
    first, second = chained("thing_1", Link(), [Happened("a"), Happened("b")], CALL)

    assert (first.seq, first.prev) == (1, GENESIS)
    assert (second.seq, second.prev) == (2, first.hash)


def test_a_record_says_who_did_it_in_what_role_through_which_door_and_when() -> None:
    (record,) = chained("thing_1", Link(), [Happened("a")], CALL)

    assert (record.actor, record.role, record.door) == ("agent-east", "agent+supervisor", "desk")
    assert (record.at, record.request_id) == ("2026-11-23T12:00:00.000Z", "req-1")
    assert (record.subject, record.event, record.body) == ("thing_1", "thing.happened", {"what": "a"})


def test_a_chain_goes_on_where_it_ended() -> None:
    before = Link(7, "ab" * 32)

    (record,) = chained("thing_1", before, [Happened("a")], CALL)

    assert (record.seq, record.prev) == (8, before.head)
    assert end([record], before) == Link(8, record.hash)


def test_a_chain_to_which_nothing_happened_ends_where_it_ended() -> None:
    assert end([], Link(7, "ab" * 32)) == Link(7, "ab" * 32)


def test_the_hash_is_the_sha256_of_everything_else() -> None:
    (record,) = chained("thing_1", Link(), [Happened("名")], CALL)
    facts = asdict(record)
    claimed = facts.pop("hash")

    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert claimed == hashlib.sha256(written).hexdigest() == digest(facts)


@pytest.mark.parametrize("name", ["subject", "event", "actor", "role", "door", "at", "request_id", "prev"])
def test_no_fact_can_change_without_the_hash(name: str) -> None:
    (record,) = chained("thing_1", Link(), [Happened("a")], CALL)
    facts = asdict(replace(record, **{name: "x"}))

    assert facts.pop("hash") != digest(facts)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), plain, max_size=6))
def test_facts_are_written_in_one_form_whatever_the_order_of_their_names(facts: dict[str, Any]) -> None:
    backwards = dict(reversed(list(facts.items())))

    assert canonical(facts) == canonical(backwards)
    assert json.loads(canonical(facts)) == facts


def test_the_form_has_no_spaces_and_leaves_letters_as_they_are() -> None:
    assert canonical({"b": "投诉", "a": [1, True, None]}) == '{"a":[1,true,null],"b":"投诉"}'.encode()


def test_a_body_is_plain_data() -> None:
    given_at = datetime(2026, 11, 23, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    body = Happened({"at": given_at, "who": frozenset({"b", "a"}), "levels": (50, 75)}).body()

    assert body == {"what": {"at": "2026-11-23T12:00:00.000Z", "who": ["a", "b"], "levels": [50, 75]}}


def test_what_is_not_known_is_left_out_of_a_body() -> None:
    assert Happened("a", None).body() == {"what": "a"}
    assert Happened("a", "b").body() == {"what": "a", "why": "b"}


def test_a_fraction_is_refused_because_it_does_not_hash_alike_everywhere() -> None:
    with pytest.raises(TypeError, match="fractions"):
        Happened({"amount": [0.1]}).body()


def test_not_a_number_cannot_be_hashed() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical({"x": float("nan")})
