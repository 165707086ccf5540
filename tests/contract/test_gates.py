"""What every store of what texts are counted in promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link
from chalicelib.kernel.limits import stamp
from chalicelib.verification.codes import policy
from chalicelib.verification.codes.model import Asked, Closing, Source, Status, Why
from chalicelib.verification.codes.store import DynamoGates, DynamoVerifications
from tests.code_fakes import MemoryVerifications
from tests.contract.test_verifications import make_verification
from tests.world import REACH, START

ASKED = Asked("phone", "86", "CN", "8613800", Source("address", "device"), "2026-11-23", 3, 2)
CLOSING = Closing(
    "cls_01M8323B80R71NV7ECMN7C58DA", "prefix_8613800", Why.CONVERSION, START, START + timedelta(days=1), 30, 2
)


class Both:
    """The two stores that write in one transaction."""

    def __init__(self, verifications: Any, gates: Any) -> None:
        self.verifications, self.gates = verifications, gates
        gates.set_reach(replace(REACH, link=Link(1, "head")), gates.reach(), [])

    def send(self, id_: str, asked: Asked = ASKED) -> None:
        toll = policy.toll(self.gates.standing(asked), asked, START)
        self.verifications.add(make_verification(id=id_, source=asked.source), RECORDS, None, toll)


class _Told:
    """A record that only has a time."""

    at = "2026-11-23T02:00:00.000Z"


RECORDS: Any = []


@pytest.fixture(params=["memory", "dynamo"])
def both(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Both:
    if request.param == "memory":
        store = MemoryVerifications()
        return Both(store, store.gates)
    tables = request.getfixturevalue("tables")
    return Both(DynamoVerifications(tables), DynamoGates(tables))
