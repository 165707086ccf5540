"""Everything people can do to tickets and complaints, by a name, with whatever is left open drawn by chance."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from chalicelib.complaints.model import Body, Classification, Correction, Outcome, Way
from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Role
from chalicelib.tickets.model import (
    Capacity,
    Channel,
    Filing,
    Kind,
    Need,
    Reason,
    Ticket,
    Visibility,
)

from .desk import BRANCHES, Desk
from .task_acts import TASK_ACTS

PRODUCTS = (
    "",
    "payments",
    "debit_cards",
    "credit_cards",
    "life_insurance",
    "superannuation",
    "credit_default",
    "loans",
)
NEEDS = ((), (), (Need.HEARING,), (Need.MINOR,), (Need.ELDERLY, Need.SIGHT))
Doing = Callable[["Acts", Ticket, str], Any]


class Acts:
    """Draws who does what to which ticket; refusals are the caller's to expect."""

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk, self.chance = desk, chance

    def filing(self, kind: Kind, unit: str = "", **but: Any) -> Filing:
        """Make up a matter."""
        pick, unit = self.chance.choice, unit or self.chance.choice(BRANCHES)
        process = {"media": True} if kind is Kind.COMPLAINT and self.chance.random() < 0.05 else {}
        given = {
            "kind": kind,
            "subject": "Something",
            "body": "It went wrong.",
            "customer_id": pick(self.desk.customers),
            "unit": unit,
            "channel": pick(list(Channel)),
            "received_at": self.desk.now - timedelta(minutes=pick((0, 0, 0, 5, 600, 3000))),
            "product": pick(PRODUCTS),
            "about_staff": pick(("", "", "", f"agent-{unit}-1", f"lead-{unit}-1")),
            "about_unit": pick(("", "", "", "", unit)),
            "needs": pick(NEEDS),
            "process": process,
        }
        return Filing(**{**given, **but})

    def file(self, kind: Kind, unit: str = "", **but: Any) -> Ticket:
        """Let a customer file it."""
        filing = self.filing(kind, unit, **but)
        service = self.desk.services.receiving if kind is Kind.COMPLAINT else self.desk.services.intake
        return service.file(filing, self.desk.call(filing.customer_id))

    def log(self, kind: Kind, unit: str = "") -> Ticket:
        """Let somebody of the staff take it down."""
        filing = self.filing(kind, unit)
        service = self.desk.services.receiving if kind is Kind.COMPLAINT else self.desk.services.intake
        who = self.chance.choice(self.desk.staff(unit=filing.unit))
        return service.log(filing, "", self.desk.call(who))

    def do(self, name: str, ticket: Ticket, who: str) -> Any:
        """Do it."""
        return ACTS[name](self, ticket, who)

    def likely(self, ticket: Ticket) -> str:
        """Name somebody who probably may: its customer, its owner, somebody of its unit, or anybody at all."""
        pick = self.chance.choice
        crowd = [ticket.customer_id, ticket.owner or ticket.customer_id, pick(self.desk.staff(unit=ticket.unit))]
        return pick([*crowd, *crowd, pick(self.desk.staff(role=Role.SUPERVISOR)), pick(list(self.desk.actors))])

    def other(self, ticket: Ticket) -> str:
        """Name another ticket, of the same customer if there is one."""
        others = [it for it in self.desk.tickets() if it.id != ticket.id] or [ticket]
        same = [it for it in others if it.customer_id == ticket.customer_id]
        return self.chance.choice(sorted(it.id for it in (same or others)))


def _decide(acts: Acts, ticket: Ticket, who: str) -> Any:
    outcome = acts.chance.choice(list(Outcome))
    redress = acts.chance.choice(
        (None, None, {"amount": 1000, "currency": "CNY"}, {"amount": 10**9, "currency": "GBP"})
    )
    call = acts.desk.call(who)
    return acts.desk.services.deciding.decide(ticket.id, outcome, "We looked.", "So it was.", redress, call)


def _ask(acts: Acts, ticket: Ticket, who: str) -> Any:
    clock = acts.chance.choice([clock.id for clock in ticket.clocks] or ["none"])
    step = acts.chance.choice(("complex", "special", "exceptional", "appraisal"))
    return acts.desk.services.extending.ask(ticket.id, clock, step, "It is hard.", acts.desk.call(who))


def _classify(acts: Acts, ticket: Ticket, who: str) -> Any:
    severity = acts.chance.choice(("minor", "normal", "normal", "major", "critical"))
    found = Classification(acts.chance.choice(PRODUCTS), "process", severity, acts.chance.random() < 0.2, {})
    return acts.desk.services.deciding.classify(ticket.id, found, acts.desk.call(who))


def _close(acts: Acts, ticket: Ticket, who: str) -> Any:
    look_on = (acts.desk.now + timedelta(days=30)).date()
    correction = acts.chance.choice((None, Correction("Teach it.", ticket.owner, look_on)))
    return acts.desk.services.delivering.close(ticket.id, "process", correction, acts.desk.call(who))


def _assign(acts: Acts, ticket: Ticket, who: str) -> Any:
    owner, backup = (acts.chance.choice(acts.desk.staff(unit=ticket.unit)) for _ in range(2))
    return acts.desk.services.routing.assign(ticket.id, owner, acts.chance.choice(("", backup)), acts.desk.call(who))


def _wait(acts: Acts, ticket: Ticket, who: str) -> Any:
    until = acts.chance.choice((None, acts.desk.now + timedelta(days=2)))
    clock = acts.chance.choice(("", "", acts.chance.choice([it.id for it in ticket.clocks] or [""])))
    reason = acts.chance.choice(list(Reason))
    return acts.desk.services.handling.wait(ticket.id, reason, until, clock, acts.desk.call(who))


def _resume(acts: Acts, ticket: Ticket, who: str) -> Any:
    reason = acts.chance.choice([wait.reason for wait in ticket.waits] or list(Reason))
    return acts.desk.services.handling.resume(ticket.id, reason, acts.desk.call(who))


def _mandate(acts: Acts, ticket: Ticket, who: str) -> Any:
    phone = acts.chance.choice(("+8613800138000", "+447400123456", "+8613900139000"))
    until = acts.chance.choice((None, acts.desk.now + timedelta(days=3)))
    call = acts.desk.call(who)
    return acts.desk.services.speaking.let_speak(ticket.id, phone, Capacity.AGENT, "0" * 64, until, call)


def _needs(acts: Acts, ticket: Ticket, who: str) -> Any:
    return acts.desk.services.speaking.need(ticket.id, acts.chance.choice(NEEDS), None, acts.desk.call(who))


def _post(acts: Acts, ticket: Ticket, who: str) -> Any:
    visibility = acts.chance.choice(list(Visibility))
    return acts.desk.services.conversation.post(ticket.id, "Word.", visibility, acts.desk.call(who))


def _read(acts: Acts, ticket: Ticket, who: str) -> Any:
    page = acts.desk.services.conversation.messages(ticket.id, 50, None, acts.desk.call(who))
    if not acts.desk.actors[who].is_staff:
        assert all(it.visibility is Visibility.PUBLIC for it in page.items), "a customer sees what is internal"
    return page


def _deliver(acts: Acts, ticket: Ticket, who: str) -> Any:
    way = acts.chance.choice((Way.SMS, Way.SMS, *Way))
    return acts.desk.services.delivering.deliver(ticket.id, way, "signed", acts.desk.call(who))


def _end_correction(acts: Acts, ticket: Ticket, who: str) -> Any:
    return acts.desk.services.delivering.end_correction(ticket.id, "It helped.", acts.desk.call(who))


ACTS: dict[str, Doing] = {
    "accept": lambda it, t, who: it.desk.services.routing.accept(t.id, it.desk.call(who)),
    "assign": _assign,
    "post": _post,
    "read": _read,
    "wait": _wait,
    "resume": _resume,
    "resolve": lambda it, t, who: it.desk.services.handling.resolve(t.id, "Done.", it.desk.call(who)),
    "close": lambda it, t, who: it.desk.services.handling.close(t.id, it.desk.call(who)),
    "reopen": lambda it, t, who: it.desk.services.handling.reopen(
        t.id, "Not so.", Act.TICKET_REOPEN if who == t.customer_id else Act.DESK_WRITE, it.desk.call(who)
    ),
    "merge": lambda it, t, who: it.desk.services.joining.merge(t.id, it.other(t), it.desk.call(who)),
    "link": lambda it, t, who: it.desk.services.joining.link(t.id, it.other(t), it.desk.call(who)),
    "split": lambda it, t, who: it.desk.services.joining.split(t.id, "Else", "More.", it.desk.call(who)),
    "promote": lambda it, t, who: it.desk.services.joining.promote(t.id, None, it.desk.call(who)),
    "mandate": _mandate,
    "needs": _needs,
    "ask_update": lambda it, t, who: it.desk.services.speaking.ask_update(t.id, it.desk.call(who)),
    "acknowledge": lambda it, t, who: it.desk.services.receiving.acknowledge(t.id, it.desk.call(who)),
    "acknowledge_alarm": lambda it, t, who: it.desk.services.receiving.acknowledge_alarm(t.id, it.desk.call(who)),
    "take_up": lambda it, t, who: it.desk.services.deciding.take_up(t.id, it.desk.call(who)),
    "classify": _classify,
    "decide": _decide,
    "approve": lambda it, t, who: it.desk.services.deciding.approve(t.id, it.desk.call(who)),
    "send_back": lambda it, t, who: it.desk.services.deciding.send_back(t.id, "Again.", it.desk.call(who)),
    "deliver": _deliver,
    "pay": lambda it, t, who: it.desk.services.delivering.pay(t.id, date(2026, 3, 1), "ref", it.desk.call(who)),
    "refer": lambda it, t, who: it.desk.services.delivering.refer(t.id, Body.OMBUDSMAN, "ref", it.desk.call(who)),
    "close_complaint": _close,
    "end_correction": _end_correction,
    "accept_decision": lambda it, t, who: it.desk.services.answering.accept(t.id, it.desk.call(who)),
    "reject_decision": lambda it, t, who: it.desk.services.answering.reject(t.id, "No.", it.desk.call(who)),
    "withdraw": lambda it, t, who: it.desk.services.answering.withdraw(t.id, it.desk.call(who)),
    "ask_extension": _ask,
    "approve_extension": lambda it, t, who: it.desk.services.extending.approve(t.id, 1, it.desk.call(who)),
    **TASK_ACTS,
    "new_facts": lambda it, t, who: it.desk.services.extending.new_facts(t.id, "Look.", it.desk.call(who)),
}
# What brings a complaint on, so that chance gets to the end of the process now and then.
ONWARDS = {
    "received": ("take_up", "accept", "decide", "classify", "ask_task"),
    "in_progress": ("decide", "wait", "ask_extension", "post", "ask_task", "answer_task", "return_task"),
    "proposed": ("approve", "approve", "send_back"),
    "decided": ("deliver",),
    "delivering": ("withdraw", "deliver"),
    "delivered": ("accept_decision", "reject_decision", "close_complaint"),
    "accepted": ("close_complaint",),
    "in_review": ("decide", "accept"),
    "resolved": ("close", "post", "reopen"),
    "closed": ("reopen", "reject_decision", "end_correction", "post"),
}
