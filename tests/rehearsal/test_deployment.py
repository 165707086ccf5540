"""The package, deployed by CloudFormation on this machine: one customer's story through what will run on AWS."""

import re
from collections.abc import Iterator

import pytest

from infra.build import Built, build
from infra.local.engines import dynoxide
from infra.package.target import this_machine
from infra.rehearsal.running import deployed
from infra.rehearsal.stack import Stack, until

PHONE = "+8613800138000"
TABLES = {"tables by ministack": False} | ({"tables by dynoxide": True} if dynoxide() else {})


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build("rehearsal", tmp_path_factory.mktemp("package") / "out", this_machine())


@pytest.fixture(scope="module", params=TABLES.values(), ids=TABLES.keys())
def stack(request: pytest.FixtureRequest, package: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with deployed(package, tmp_path_factory.mktemp("engines"), with_dynoxide=request.param) as running:
        yield running


def sign_in(stack: Stack) -> str:
    started = stack.call("POST", "/v1/verifications", {"purpose": "sign_in", "phone": PHONE})
    assert started.status == 202, started
    code = re.findall(r"\b\d{6}\b", stack.outbox.sent("sms", PHONE)[-1].text)[0]
    checked = stack.call("POST", f"/v1/verifications/{started.body['id']}/check", {"code": code})
    assert checked.status == 200, checked
    shown = {name: started.body["warning"][name] for name in ("id", "version")}
    session = stack.call("POST", "/v1/sessions", {"grant": checked.body["grant"], "warning_acknowledged": shown})
    assert session.status == 201, session
    return str(session.body["token"])


def test_a_customer_signs_in_complains_and_is_acknowledged(stack: Stack) -> None:
    bearer = f"Bearer {sign_in(stack)}"

    complaint = stack.call("POST", "/v1/complaints", {"subject": "Fee", "body": "Charged twice."}, Authorization=bearer)

    assert complaint.status == 201, complaint
    assert complaint.headers["X-Request-Id"]
    text = until(lambda: next((m for m in stack.outbox.sent("sms", PHONE) if complaint.body["number"] in m.text), None))
    assert stack.receipt(text.id, "delivered") == 200
    path = f"/v1/complaints/{complaint.body['id']}"

    def met() -> bool:
        clocks = stack.call("GET", path, Authorization=bearer).body["clocks"]
        return any(clock["id"] == "house.acknowledge" and clock["state"] == "met" for clock in clocks)

    until(met)
