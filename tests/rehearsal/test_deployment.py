"""The package, deployed by CloudFormation on this machine: one customer's story through what will run on AWS."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.build import Built, build
from infra.local.engines import dynoxide
from infra.local.events import schedule_event
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
    code = re.findall(r"\d{6}", stack.outside.outbox.sent("sms", PHONE)[-1].text)[0]
    checked = stack.call("POST", f"/v1/verifications/{started.body['id']}/check", {"code": code})
    assert checked.status == 200, checked
    shown = {name: started.body["warning"][name] for name in ("id", "version")}
    session = stack.call("POST", "/v1/sessions", {"grant": checked.body["grant"], "warning_acknowledged": shown})
    assert session.status == 201, session
    return f"Bearer {session.body['token']}"


def staff_sign_in(stack: Stack, staff: str) -> str:
    session = stack.call("POST", "/v1/staff/sessions", {"id_token": stack.outside.issuer.token(staff)})
    assert session.status == 201, session
    return f"Bearer {session.body['token']}"


def clock_states(stack: Stack, complaint: str, bearer: str) -> dict[str, str]:
    seen: dict[str, Any] = stack.call("GET", f"/v1/complaints/{complaint}", Authorization=bearer).body
    return {clock["id"]: clock["state"] for clock in seen["clocks"]}


@pytest.fixture(scope="module")
def acknowledged(stack: Stack) -> tuple[str, str]:
    """A customer signs in, complains and is acknowledged: the complaint, and the session."""
    bearer = sign_in(stack)
    filed = stack.call("POST", "/v1/complaints", {"subject": "Fee", "body": "Charged twice."}, Authorization=bearer)
    assert filed.status == 201, filed
    assert filed.headers["X-Request-Id"]
    texts = stack.outside.outbox
    sent = until(lambda: next((text for text in texts.sent("sms", PHONE) if filed.body["number"] in text.text), None))
    assert stack.receipt(sent.id, "delivered") == 200
    return filed.body["id"], bearer


def test_a_customer_signs_in_complains_and_is_acknowledged(stack: Stack, acknowledged: tuple[str, str]) -> None:
    complaint, bearer = acknowledged

    until(lambda: clock_states(stack, complaint, bearer)["house.acknowledge"] == "met")
    for path in ("/v1/tickets", f"/v1/tickets/{complaint}/history", f"/v1/tickets/{complaint}/messages"):
        assert stack.call("GET", path, Authorization=bearer).status == 200, path


@pytest.mark.usefixtures("acknowledged")
def test_staff_sign_in_by_the_layers_code_and_see_how_things_stand(stack: Stack) -> None:
    assert stack.invoke("Sweep", schedule_event("sweep", datetime.now(UTC)))["looked"] >= 0

    bearer = staff_sign_in(stack, "lead-east")
    standing = stack.call("GET", "/v1/desk/operations", Authorization=bearer)

    assert standing.status == 200, standing
    assert standing.body["last_sweep"]
    assert stack.call("GET", "/v1/desk/queue?unit=east", Authorization=bearer).body["items"]
    assert {queue["dead"] for queue in standing.body["queues"].values()} == {0}


ITEM = {"pk": {"S": "tkt_1"}, "sk": {"N": "1"}}
ATTACKS: dict[str, Callable[[Any, str], Any]] = {
    "update": lambda client, table: client.update_item(
        TableName=table, Key=ITEM, UpdateExpression="SET body = :b", ExpressionAttributeValues={":b": {"S": "{}"}}
    ),
    "delete": lambda client, table: client.delete_item(TableName=table, Key=ITEM),
    "put alone": lambda client, table: client.put_item(TableName=table, Item=ITEM),
    "put in a batch": lambda client, table: client.batch_write_item(
        RequestItems={table: [{"PutRequest": {"Item": ITEM}}]}
    ),
    "delete in a transaction": lambda client, table: client.transact_write_items(
        TransactItems=[{"Delete": {"TableName": table, "Key": ITEM}}]
    ),
    "delete by statement": lambda client, table: client.execute_statement(
        Statement=f"DELETE FROM \"{table}\" WHERE pk = 'tkt_1' AND sk = 1"  # noqa: S608 - a constant name
    ),
}


WORKERS = ("Publish", "Sweep", "Escalate", "Notify", "Receipt", "Examine", "Book")


@pytest.mark.parametrize("stack", [False], ids=["tables by ministack"], indirect=True)
@pytest.mark.parametrize("function", ["APIHandler", *WORKERS])
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_role_can_change_the_ledger(stack: Stack, function: str, attack: Callable[[Any, str], Any]) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        attack(stack.tables_as(function), stack.name("RecordsTable"))


@pytest.mark.usefixtures("acknowledged")
def test_no_function_failed_or_was_denied_anything(stack: Stack) -> None:
    lines = stack.log()

    assert any('"job":"notify"' in line for line in lines)
    assert [line for line in lines if re.search(r"Traceback|AccessDenied|\"failed\"|\"broken\"", line)] == []
