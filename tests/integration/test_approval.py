"""Four eyes: who approves or returns a decision, what somebody may grant alone, and when redress was paid."""

import pytest

from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from tests.integration.matters import LETTER, REJECTED, UPHELD, Desk, done, refused, told
from tests.world import LI, World


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture
def ticket(world: World, desk: Desk) -> str:
    """A complaint that agent-east owns."""
    id_ = str(world.complain(desk.token(LI))["id"])
    done(desk.case(id_, "assign", {"owner": "agent-east"}))
    return id_


def award(amount: int, currency: str = "CNY") -> dict[str, object]:
    return UPHELD | {"redress": {"amount": amount, "currency": currency}}


def records(world: World, ticket: str) -> int:
    return len(world.records(ticket))


@pytest.mark.parametrize("outcome", ["rejected", "partly"])
def test_what_goes_against_the_customer_is_proposed_and_the_lead_hears_of_it(
    world: World, desk: Desk, ticket: str, outcome: str
) -> None:
    shown = done(desk.case(ticket, "decide", REJECTED | {"outcome": outcome}, "agent-east"))
    world.drain()

    assert (shown["status"], shown["approval_for"]) == ("proposed", [f"outcome_{outcome}"])
    assert [mail.to for mail in desk.heard(ticket, "approval_needed")] == ["lead-east@dutydesk.test"]
    assert refused(desk.case(ticket, "deliver", LETTER)) == (409, "not_allowed_now")
    own = world.ask("GET", f"/v1/complaints/{ticket}", token=desk.token(LI)).body
    assert (own["decision"], own["approval_for"]) == (None, [])


@pytest.mark.parametrize("outcome", ["upheld", "settled"])
def test_what_goes_for_the_customer_needs_nobody(desk: Desk, ticket: str, outcome: str) -> None:
    shown = done(desk.case(ticket, "decide", UPHELD | {"outcome": outcome}, "agent-east"))
    assert (shown["status"], shown["approval_for"]) == ("decided", [])


def test_neither_author_nor_owner_approves_or_returns(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "decide", REJECTED, "lead-east"))
    done(desk.case(ticket, "assign", {"owner": "lead-east"}, "agent-east"))
    before = records(world, ticket)
    for step, body in (("approve", None), ("return", {"reason": "r"})):
        assert refused(desk.case(ticket, step, body, "lead-east")) == (403, "conflict_of_interest")
        assert refused(desk.case(ticket, step, body, "agent-east-2")) == (403, "forbidden")
        assert refused(desk.case(ticket, step, body, "lead-london")) == (404, "not_found")
    assert records(world, ticket) == before

    assert done(desk.case(ticket, "approve", None, "compliance-hq"))["status"] == "decided"
    assert world.events(ticket)[-1] == "complaint.approved"


def test_who_wrote_it_does_not_approve_it_where_another_owns_it(desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "decide", REJECTED, "lead-east"))
    assert refused(desk.case(ticket, "approve", None, "lead-east")) == (403, "conflict_of_interest")


def test_an_owner_who_did_not_write_it_does_not_approve_it(desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "decide", REJECTED, "agent-east"))
    done(desk.case(ticket, "assign", {"owner": "lead-east"}))
    assert refused(desk.case(ticket, "approve", None, "lead-east")) == (403, "conflict_of_interest")


def test_a_unit_that_is_complained_about_changes_nothing_of_the_case(world: World, desk: Desk) -> None:
    ticket = world.complain(desk.token(LI), about={"unit": "hq"})["id"]
    done(desk.case(ticket, "decide", REJECTED, "agent-east"))
    before = records(world, ticket)
    for who in ("head-hq", "compliance-hq"):
        for step, body in (("approve", None), ("return", {"reason": "r"}), ("alarm-acknowledged", None)):
            assert refused(desk.case(ticket, step, body, who)) == (403, "conflict_of_interest"), (who, step)
    for step, body in (
        ("wait", {"reason": "mediation"}),
        ("merge", {"ticket": "tkt_none"}),
        ("assign", {"owner": "agent-east"}),
        ("mandates", {"phone": LI, "capacity": "agent", "document_sha256": "5e" * 32}),
    ):
        assert refused(desk.ticket(ticket, step, body, "head-hq")) == (403, "conflict_of_interest"), step
    assert refused(desk.say(ticket, "b", "head-hq")) == (403, "conflict_of_interest")
    assert records(world, ticket) == before
    assert desk.show(ticket, "compliance-hq")["id"] == ticket  # who watches over complaints reads this one, too

    assert done(desk.case(ticket, "approve", None, "lead-east"))["status"] == "decided"


def test_what_is_returned_goes_back_with_the_reason_and_may_be_decided_anew(
    world: World, desk: Desk, ticket: str
) -> None:
    done(desk.case(ticket, "decide", REJECTED, "agent-east"))

    shown = done(desk.case(ticket, "return", {"reason": "Ask the branch first."}))
    world.drain()

    assert shown["status"] == "in_progress"
    assert [mail.to for mail in desk.heard(ticket, "decision_returned")] == ["agent-east@dutydesk.test"]
    assert "branch" not in str(told(world, ticket, "complaint.returned"))
    assert refused(desk.case(ticket, "return", {"reason": "r"})) == (409, "not_allowed_now")
    assert refused(desk.case(ticket, "approve")) == (409, "not_allowed_now")
    assert done(desk.case(ticket, "decide", UPHELD, "agent-east"))["status"] == "decided"


def test_what_is_proposed_is_not_taken_past_its_approver(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "decide", REJECTED, "agent-east"))
    before = records(world, ticket)
    for step, body in (("take-up", None), ("decide", UPHELD)):
        assert refused(desk.case(ticket, step, body, "agent-east")) == (409, "not_allowed_now"), step
    assert refused(desk.ticket(ticket, "reopen", {"reason": "r"}, "agent-east")) == (409, "not_allowed_now")
    assert refused(desk.own(ticket, "reject", {"reason": "r"})) == (409, "not_allowed_now")
    assert refused(desk.own(ticket, "reopen", {"reason": "r"}, "tickets")) == (409, "not_allowed_now")
    assert records(world, ticket) == before


@pytest.mark.parametrize(
    ("by", "amount", "currency", "status"),
    [
        ("agent-east", 50_000, "CNY", "decided"),
        ("agent-east", 50_001, "CNY", "proposed"),
        ("agent-east", 1, "HKD", "proposed"),
        ("lead-east", 5_000_000, "CNY", "decided"),
        ("lead-east", 5_000_001, "CNY", "proposed"),
    ],
)
def test_each_role_grants_so_much_alone(
    desk: Desk, ticket: str, by: str, amount: int, currency: str, status: str
) -> None:
    shown = done(desk.case(ticket, "decide", award(amount, currency), by))
    assert (shown["status"], "redress_limit" in shown["approval_for"]) == (status, status == "proposed")


def test_who_approves_redress_may_grant_it(desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "decide", award(5_000_001), "agent-east"))
    assert refused(desk.case(ticket, "approve", None, "lead-east")) == (403, "approval_needed")
    assert done(desk.case(ticket, "approve", None, "compliance-hq"))["status"] == "decided"


def test_what_matters_to_the_regulator_is_approved_whatever_the_outcome(desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "classify", {"cause": "fees", "regulatory_impact": True}))
    assert done(desk.case(ticket, "decide", UPHELD, "agent-east"))["approval_for"] == ["regulatory_impact"]


def test_redress_is_paid_once_and_only_where_some_is_owed(world: World, desk: Desk, ticket: str) -> None:
    paid = {"paid_on": "2026-12-01", "reference": "PAY-2026-77"}
    assert refused(desk.case(ticket, "redress-paid", paid)) == (409, "not_allowed_now")
    done(desk.case(ticket, "decide", award(50_000), "agent-east"))

    done(desk.case(ticket, "redress-paid", paid, "agent-east"))

    (record,) = told(world, ticket, "complaint.redress_paid")
    assert record["paid_on"] == "2026-12-01"
    assert record["redress"] == {"amount": 50_000, "currency": "CNY"}
    assert "PAY" not in str(record)
    assert refused(desk.case(ticket, "redress-paid", paid)) == (409, "not_allowed_now")


def test_what_is_only_proposed_is_not_paid(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "decide", award(50_001), "agent-east"))
    paid = {"paid_on": "2026-12-01", "reference": "PAY-2026-77"}
    assert refused(desk.case(ticket, "redress-paid", paid)) == (409, "not_allowed_now")


def test_a_second_supervisor_approves_what_the_first_one_wrote(world: World, desk: Desk, ticket: str) -> None:
    second = Staff("lead-east-2", "east", frozenset({Role.SUPERVISOR}), "l", "lead-east-2@dutydesk.test", "en")
    world.services.identity.register_staff(second, internal(actors.system("seed"), "seed", "seed"))
    done(desk.case(ticket, "decide", REJECTED, "lead-east"))
    assert done(desk.case(ticket, "approve", None, "lead-east-2"))["status"] == "decided"
