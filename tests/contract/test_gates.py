"""What every store of what texts are counted in promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel import actors
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link, Record, chained
from chalicelib.kernel.limits import stamp
from chalicelib.verification.codes import policy
from chalicelib.verification.codes.events import VerificationStarted
from chalicelib.verification.codes.model import (
    Asked,
    Closing,
    Reach,
    Source,
    Standing,
    Status,
    Verification,
    Why,
)
from chalicelib.verification.codes.store import DynamoGates, DynamoVerifications
from tests.contract.test_verifications import make_verification
from tests.fakes import MemoryVerifications
from tests.world import REACH, START

ASKED = Asked("phone", "86", "CN", "8613800", Source("address", "device"), "2026-11-23", 3, 2)
CLOSING = Closing(
    "cls_01M8323B80R71NV7ECMN7C58DA", "prefix_8613800", Why.CONVERSION, START, START + timedelta(days=1), 30, 2
)


def told(id_: str, seq: int = 1) -> list[Record]:
    call = Call(actors.ANONYMOUS, START, "request", "test")
    return chained(id_, Link(seq - 1), [VerificationStarted(id_, "sign_in")], call)


class Both:
    """The two stores that write in one transaction."""

    def __init__(self, verifications: Any, gates: Any) -> None:
        self.verifications, self.gates = verifications, gates
        gates.set_reach(replace(REACH, link=Link(1, "head")), gates.reach(), told("codes#reach"))

    def standing(self, asked: Asked = ASKED) -> Standing:
        standing: Standing = self.gates.standing(asked)
        return standing

    def send(self, id_: str, standing: Standing | None = None, asked: Asked = ASKED) -> Verification:
        toll = policy.toll(standing or self.standing(asked), asked, START)
        sent = make_verification(id=id_, source=asked.source)
        self.verifications.add(sent, told(id_), None, toll)
        return sent


@pytest.fixture(params=["memory", "dynamo"])
def both(request: pytest.FixtureRequest) -> Both:
    if request.param == "memory":
        store = MemoryVerifications()
        return Both(store, store.gates)
    tables = request.getfixturevalue("tables")
    return Both(DynamoVerifications(tables), DynamoGates(tables))


def test_what_is_open_is_found_as_it_was_told(both: Both) -> None:
    assert replace(both.gates.reach(), link=Link()) == REACH
    with pytest.raises(Changed):
        both.gates.set_reach(REACH, Reach(), told("codes#reach"))


def test_a_text_is_counted_everywhere_at_once(both: Both) -> None:
    both.send("ver_1")
    found = both.standing()

    for bucket in (found.phone, found.address, found.device, found.prefix):
        assert bucket is not None
        assert (bucket.times, bucket.count, bucket.version) == ((stamp(START),), 1, 1)
    assert (found.day.spent, dict(found.day.by_dial), dict(found.day.texts)) == (10, {"86": 10}, {"86": 1})
    assert both.gates.days("2026-11-23") == [found.day]
    assert both.standing(replace(ASKED, source=Source())).address is None


def test_what_was_read_before_another_text_cannot_be_counted_on(both: Both) -> None:
    before = both.standing()
    both.send("ver_1")

    with pytest.raises(Changed):
        both.send("ver_2", before)
    assert both.verifications.get("ver_2") is None
    assert both.standing().day.spent == 10


def test_a_ceiling_cannot_be_passed_by_who_read_before(both: Both) -> None:
    others = [replace(ASKED, phone=f"phone-{n}", prefix=f"8613{n}", source=Source()) for n in range(2)]
    tight = [replace(policy.toll(both.standing(one), one, START), rest=5) for one in others]
    both.verifications.add(make_verification(id="ver_1"), told("ver_1"), None, tight[0])

    with pytest.raises(Changed):
        both.verifications.add(make_verification(id="ver_2"), told("ver_2"), None, tight[1])


def test_what_was_typed_rightly_is_made_good_and_remembered(both: Both) -> None:
    sent = both.send("ver_1")
    right = replace(sent, status=Status.APPROVED, expires_at=START)
    both.verifications.approve(right, told("ver_1", 2), None, ASKED)
    found = both.standing()

    assert found.proven is not None
    assert (found.proven.at, found.proven.source) == (START, ASKED.source)
    assert [bucket.credit for bucket in (found.address, found.device, found.prefix) if bucket] == [1, 1, 1]
    both.send("ver_2")
    assert [both.standing().prefix.good, both.standing().prefix.credit] == [1, 0]


def test_a_closing_is_stored_once_for_those_who_read_the_same(both: Both) -> None:
    read = both.standing()
    watched = (read.prefix, policy.watched(read.prefix, START))
    both.gates.close(CLOSING, told(CLOSING.id), watched, START)

    with pytest.raises(Changed):
        both.gates.close(CLOSING, told("cls_2"), watched, START)
    kept = replace(CLOSING, version=1)
    assert both.gates.closing(CLOSING.name) == kept == both.standing().closings[CLOSING.name]
    assert both.gates.closings() == [kept]
    assert both.gates.closing("dial_86") is None
