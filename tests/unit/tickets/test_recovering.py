"""Making good with who is not content after all: a task for who did not do it, with a time of its own, once."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.tickets.model import ConflictOfInterest, GateHeld, Status, Task, TaskKind, TaskState, Ticket, task_id
from chalicelib.tickets.policy import REOPEN_WINDOW
from tests.office import Office
from tests.world import START

SAID = {"id": "cbk_1", "number": "C-1", "unhappy": ("solved", "outcome"), "reopen": False}
DAY = timedelta(days=1)


def closed(office: Office, **what_matters: Any) -> Ticket:
    """Let an enquiry be over, which agent-east owned."""
    ticket = office.enquiry(**what_matters)
    office.services.handling.resolve(ticket.id, "Yes, until noon.", office.call("lead-east"))
    return office.services.handling.close(ticket.id, office.call("lead-east"))


def unhappy(office: Office, ticket: Ticket, **but: Any) -> Ticket:
    office.services.hearing_of_calls.unhappy(ticket.id, {**SAID, **but}, office.call("system"))
    return office.ticket(ticket.id)


def recovery(ticket: Ticket) -> Task:
    (task,) = (task for task in ticket.tasks if task.kind is TaskKind.RECOVERY)
    return task


def clock(ticket: Ticket) -> Any:
    return next(it for it in ticket.clocks if it.id.startswith("house.task_recovery"))


def test_a_supervisor_has_it_from_then_on_with_a_clock_that_runs(office: Office) -> None:
    ticket = unhappy(office, closed(office))
    task = recovery(ticket)

    assert (task.owner, task.unit, task.state, task.by) == ("lead-east", "east", TaskState.OPEN, "cbk_1")
    assert (ticket.status, ticket.open, clock(ticket).over) == (Status.CLOSED, False, False)
    assert [notice.template for notice in ticket.notices if notice.task == task.n] == ["recovery_asked"]
    assert office.services.tasking.read(task_id(ticket.id, task.n), office.call("lead-east"))[2][0].body == (
        "C-1: solved, outcome"
    )


def test_it_is_heard_once_for_each_call(office: Office) -> None:
    ticket = closed(office)
    for _ in range(3):
        unhappy(office, ticket, reopen=True)
    again = unhappy(office, ticket, id="cbk_2")

    assert [task.by for task in again.tasks] == ["cbk_1", "cbk_2"]
    assert office.events(ticket.id).count("ticket.reopened") == 1


def test_if_the_customer_wants_it_the_matter_is_taken_up_again(office: Office) -> None:
    ticket = unhappy(office, closed(office), reopen=True)

    assert (ticket.status, ticket.open) == (Status.IN_PROGRESS, True)
    assert recovery(ticket).open
    assert office.events(ticket.id)[-2:] == ["ticket.reopened", "task.asked"]


def test_too_late_to_be_taken_up_again_it_is_made_good_all_the_same(office: Office) -> None:
    ticket = closed(office)
    office.now += REOPEN_WINDOW + DAY

    late = unhappy(office, ticket, reopen=True)
    assert (late.status, recovery(late).open) == (Status.CLOSED, True)


def test_it_goes_on_when_the_ticket_ends_once_more(office: Office) -> None:
    ticket = unhappy(office, closed(office), reopen=True)
    office.services.handling.resolve(ticket.id, "Done.", office.call("lead-east"))
    over = office.services.handling.close(ticket.id, office.call("lead-east"))

    assert recovery(over).open
    assert not clock(over).over


def test_other_tasks_end_with_the_ticket_as_ever(office: Office) -> None:
    ticket = unhappy(office, closed(office), reopen=True)
    from chalicelib.tickets.model import Asking

    asking = Asking(TaskKind.BUSINESS, "london", "What was booked?")
    office.services.tasking.ask(ticket.id, asking, office.call("lead-east"))
    over = office.services.handling.resolve(ticket.id, "Done.", office.call("lead-east"))
    assert [task.state for task in over.tasks] == [TaskState.OPEN, TaskState.CANCELLED]


def test_who_owned_the_matter_does_not_make_it_good(office: Office) -> None:
    ticket = closed(office)
    owned = office.changed(ticket.id, owner="lead-east")
    task = recovery(unhappy(office, owned))

    assert task.owner != "lead-east"
    with pytest.raises(ConflictOfInterest):
        office.services.finding.answer(task_id(ticket.id, task.n), "I called.", office.call("lead-east"))


def test_where_only_who_owned_the_matter_leads_the_unit_the_head_hears_of_it_and_can_have_it_done(
    office: Office,
) -> None:
    ticket = closed(office)
    office.changed(ticket.id, owner="lead-east")

    ticket = unhappy(office, office.ticket(ticket.id))

    (notice,) = (notice for notice in ticket.notices if notice.task == recovery(ticket).n)
    assert (recovery(ticket).owner, notice.template, notice.to) == ("", "task_without_owner", "head")
    heads = office.services.institution.contacts("head", "east", "", "")
    assert [head.ref for head in heads] == ["head-hq"]
    office.register("agent-east-2", roles=frozenset({Role.SUPERVISOR}))
    id_ = task_id(ticket.id, recovery(ticket).n)
    office.services.finding.assign(id_, "agent-east-2", "", office.call("head-hq"))
    assert recovery(office.ticket(ticket.id)).owner == "agent-east-2"


def test_answering_ends_it(office: Office) -> None:
    ticket = unhappy(office, closed(office))
    id_ = task_id(ticket.id, recovery(ticket).n)
    office.services.finding.accept(id_, office.call("lead-east"))
    office.services.finding.answer(id_, "Called, apologised, paid the fee back.", office.call("lead-east"))

    after = office.ticket(ticket.id)
    assert (recovery(after).state, clock(after).over) == (TaskState.ANSWERED, True)


def test_it_is_given_up_by_nobody_who_should_have_done_it(office: Office) -> None:
    ticket = closed(office)
    owned = office.changed(ticket.id, owner="lead-east")
    id_ = task_id(ticket.id, recovery(unhappy(office, owned)).n)

    for who in ("lead-east", "agent-east"):
        with pytest.raises(GateHeld):
            office.services.tasking.cancel(id_, "Not needed.", office.call(who))
    assert office.services.tasking.cancel(id_, "Called already.", office.call("head-hq"))


def test_time_that_runs_out_is_told_though_the_ticket_is_closed(office: Office) -> None:
    ticket = unhappy(office, closed(office))
    office.now = START + 30 * DAY
    office.services.watch.escalate(ticket.id, office.call("system"))

    after = office.ticket(ticket.id)
    assert "clock.missed" in office.events(ticket.id)
    assert {"task_missed"} <= {notice.template for notice in after.notices}


def test_a_matter_that_goes_on_already_is_not_taken_up_again(office: Office) -> None:
    ticket = unhappy(office, office.enquiry(), reopen=True)
    assert recovery(ticket).open
    with pytest.raises(NotAllowedNow):
        office.services.handling.reopen(ticket.id, "Not so.", Act.TICKET_REOPEN, office.call(ticket.customer_id))
