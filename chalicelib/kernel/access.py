"""The one table of who may do what to which object; what is not in it is denied."""

from enum import IntEnum, StrEnum

from .actors import STAFF, Actor, Role
from .errors import Forbidden, NotFound


class Scope(IntEnum):
    """How far a right reaches: one's own things, those of one's unit and below, or all."""

    OWN = 1
    UNIT = 2
    ANY = 3


class Service(StrEnum):
    """What a kiosk may be allowed to offer."""

    CHECK_IN = "check_in"
    APPOINTMENTS = "appointments"
    REQUESTS = "requests"
    COMPLAINTS = "complaints"


class Act(StrEnum):
    """Everything somebody can want of the system, named object first."""

    SESSION_USE = "session.use"
    SESSION_MANAGE = "session.manage"
    SESSION_PROVE = "session.prove"
    PHONE_CHANGE = "phone.change"
    TICKET_READ = "ticket.read"
    TICKET_LIST = "ticket.list"
    TICKET_FILE = "ticket.file"
    TICKET_WRITE = "ticket.write"
    TICKET_REOPEN = "ticket.reopen"
    TICKET_ASK = "ticket.ask"
    TICKET_NEEDS = "ticket.needs"
    TICKET_HISTORY = "ticket.history"
    TICKET_LOG = "ticket.log"
    ATTACHMENT_ADD = "attachment.add"
    ATTACHMENT_READ = "attachment.read"
    ATTACHMENT_MARK = "attachment.mark"
    APPOINTMENT_BOOK = "appointment.book"
    APPOINTMENT_LIST = "appointment.list"
    APPOINTMENT_READ = "appointment.read"
    APPOINTMENT_CHANGE = "appointment.change"
    APPOINTMENT_LOG = "appointment.log"
    APPOINTMENT_COME = "appointment.come"
    BRANCH_WATCH = "branch.watch"
    BRANCH_SERVE = "branch.serve"
    BRANCH_SET = "branch.set"
    SERVICE_SET = "service.set"
    CONTINUITY_SET = "continuity.set"
    CONTINUITY_READ = "continuity.read"
    COMPLAINT_FILE = "complaint.file"
    COMPLAINT_ANSWER = "complaint.answer"
    DESK_QUEUE = "desk.queue"
    DESK_READ = "desk.read"
    DESK_HISTORY = "desk.history"
    DESK_WRITE = "desk.write"
    DESK_ASSIGN = "desk.assign"
    TASK_READ = "task.read"
    TASK_ASK = "task.ask"
    TASK_WORK = "task.work"
    COMPLAINT_LOG = "complaint.log"
    COMPLAINT_DECIDE = "complaint.decide"
    COMPLAINT_APPROVE = "complaint.approve"
    ANSWER_READ = "answer.read"
    ANSWER_WRITE = "answer.write"
    ANSWER_APPROVE = "answer.approve"
    REPORTS_READ = "reports.read"
    REPORTS_FILE = "reports.file"
    STAFF_READ = "staff.read"
    STAFF_ABSENCE = "staff.absence"
    FRAUD_REPORT = "fraud.report"
    FRAUD_LOG = "fraud.log"
    WORD_ISSUE = "word.issue"
    CODES_READ = "codes.read"
    CODES_REOPEN = "codes.reopen"
    KIOSK_READ = "kiosk.read"
    KIOSK_MANAGE = "kiosk.manage"
    KIOSK_USE = "kiosk.use"
    KIOSK_ARRIVALS = "kiosk.arrivals"
    HANDOVER_TAKE = "handover.take"
    OPERATIONS_READ = "operations.read"
    OPERATIONS_REDRIVE = "operations.redrive"


_READERS = {
    Role.AGENT: Scope.UNIT,
    Role.SUPERVISOR: Scope.UNIT,
    Role.COMPLIANCE: Scope.ANY,
    Role.AUDITOR: Scope.ANY,
}
_WORKERS = {Role.AGENT: Scope.UNIT, Role.SUPERVISOR: Scope.UNIT}
# Who serves customers at a branch, or books for them.
_RECEPTION = {Role.AGENT: Scope.UNIT, Role.SUPERVISOR: Scope.UNIT, Role.CLERK: Scope.UNIT}

ALLOWED: dict[Act, dict[Role, Scope]] = {
    Act.SESSION_USE: dict.fromkeys(Role, Scope.OWN),
    Act.SESSION_MANAGE: dict.fromkeys((Role.CUSTOMER, *sorted(STAFF)), Scope.OWN),
    Act.SESSION_PROVE: {Role.CUSTOMER: Scope.OWN},
    Act.PHONE_CHANGE: {Role.CUSTOMER: Scope.OWN},
    Act.TICKET_READ: {Role.CUSTOMER: Scope.OWN, **_READERS},
    Act.TICKET_LIST: {Role.CUSTOMER: Scope.OWN},
    Act.TICKET_WRITE: {Role.CUSTOMER: Scope.OWN, **_WORKERS},
    Act.TICKET_FILE: {Role.CUSTOMER: Scope.OWN},
    Act.TICKET_REOPEN: {Role.CUSTOMER: Scope.OWN},
    Act.TICKET_ASK: {Role.CUSTOMER: Scope.OWN},
    Act.TICKET_NEEDS: {Role.CUSTOMER: Scope.OWN, **_WORKERS},
    Act.TICKET_LOG: {Role.AGENT: Scope.UNIT, Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.ATTACHMENT_ADD: {Role.CUSTOMER: Scope.OWN, **_WORKERS},
    Act.ATTACHMENT_READ: {Role.CUSTOMER: Scope.OWN, **_READERS},
    Act.ATTACHMENT_MARK: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.COMPLAINT_ANSWER: {Role.CUSTOMER: Scope.OWN},
    Act.COMPLAINT_APPROVE: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.TICKET_HISTORY: {Role.CUSTOMER: Scope.OWN},
    Act.COMPLAINT_FILE: {Role.CUSTOMER: Scope.OWN},
    Act.DESK_QUEUE: _READERS,
    Act.DESK_READ: _READERS,
    Act.DESK_HISTORY: _READERS,
    Act.DESK_WRITE: _WORKERS,
    Act.DESK_ASSIGN: _WORKERS,
    # Of the unit that asks, or of the one that is asked; compliance is asked for advice wherever it sits.
    Act.TASK_READ: _READERS,
    Act.TASK_ASK: _WORKERS,
    Act.TASK_WORK: {**_WORKERS, Role.COMPLIANCE: Scope.ANY},
    Act.APPOINTMENT_BOOK: {Role.CUSTOMER: Scope.OWN},
    Act.APPOINTMENT_LIST: {Role.CUSTOMER: Scope.OWN},
    Act.APPOINTMENT_READ: {Role.CUSTOMER: Scope.OWN, **_READERS, Role.CLERK: Scope.UNIT},
    Act.APPOINTMENT_CHANGE: {Role.CUSTOMER: Scope.OWN, **_RECEPTION},
    Act.APPOINTMENT_LOG: _RECEPTION,
    Act.APPOINTMENT_COME: {Role.CUSTOMER: Scope.OWN},
    Act.BRANCH_WATCH: {**_READERS, Role.CLERK: Scope.UNIT},
    Act.BRANCH_SERVE: _RECEPTION,
    Act.BRANCH_SET: {Role.SUPERVISOR: Scope.UNIT, Role.ADMIN: Scope.ANY},
    Act.SERVICE_SET: {Role.ADMIN: Scope.ANY},
    Act.CONTINUITY_SET: {Role.SUPERVISOR: Scope.UNIT, Role.ADMIN: Scope.ANY},
    Act.CONTINUITY_READ: {**_READERS, Role.CLERK: Scope.UNIT, Role.ADMIN: Scope.ANY},
    Act.COMPLAINT_LOG: {Role.AGENT: Scope.UNIT, Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.COMPLAINT_DECIDE: _WORKERS,
    Act.ANSWER_READ: _READERS,
    Act.ANSWER_WRITE: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.ANSWER_APPROVE: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.REPORTS_READ: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY, Role.AUDITOR: Scope.ANY},
    Act.REPORTS_FILE: {Role.COMPLIANCE: Scope.ANY},
    Act.STAFF_READ: {**_READERS, Role.ADMIN: Scope.ANY},
    Act.STAFF_ABSENCE: {**dict.fromkeys(STAFF, Scope.OWN), Role.SUPERVISOR: Scope.UNIT},
    Act.FRAUD_REPORT: {Role.CUSTOMER: Scope.OWN},
    Act.FRAUD_LOG: {**_RECEPTION, Role.COMPLIANCE: Scope.ANY},
    Act.WORD_ISSUE: {**_RECEPTION, Role.COMPLIANCE: Scope.ANY},
    Act.CODES_READ: {Role.COMPLIANCE: Scope.ANY, Role.AUDITOR: Scope.ANY, Role.ADMIN: Scope.ANY},
    Act.CODES_REOPEN: {Role.ADMIN: Scope.ANY},
    Act.KIOSK_READ: {
        Role.CLERK: Scope.UNIT,
        Role.SUPERVISOR: Scope.UNIT,
        Role.AUDITOR: Scope.ANY,
        Role.ADMIN: Scope.ANY,
    },
    Act.KIOSK_MANAGE: {Role.SUPERVISOR: Scope.UNIT, Role.ADMIN: Scope.ANY},
    Act.KIOSK_USE: {Role.KIOSK: Scope.OWN},
    Act.KIOSK_ARRIVALS: {Role.KIOSK: Scope.OWN},
    Act.HANDOVER_TAKE: {Role.CUSTOMER: Scope.OWN, Role.CLERK: Scope.UNIT},
    Act.OPERATIONS_READ: {Role.SUPERVISOR: Scope.ANY, Role.COMPLIANCE: Scope.ANY, Role.ADMIN: Scope.ANY},
    Act.OPERATIONS_REDRIVE: {Role.ADMIN: Scope.ANY},
}

_EVERY_KIOSK = frozenset(Service)
_MATTERS = frozenset({Service.REQUESTS, Service.COMPLAINTS})

# What may be done at a kiosk, by the device or by a customer who is signed in there, and the services of which it has to
# offer one. What is not here is denied there, whatever the role: a device in a hall is not the customer's own.
AT_A_KIOSK: dict[Act, frozenset[Service]] = {
    Act.SESSION_USE: _EVERY_KIOSK,
    Act.KIOSK_USE: _EVERY_KIOSK,
    Act.KIOSK_ARRIVALS: frozenset({Service.CHECK_IN}),
    Act.TICKET_FILE: frozenset({Service.REQUESTS}),
    Act.TICKET_LIST: _MATTERS,
    Act.TICKET_READ: _MATTERS,
    Act.TICKET_WRITE: _MATTERS,
    Act.TICKET_ASK: _MATTERS,
    Act.TICKET_NEEDS: _MATTERS,
    Act.COMPLAINT_FILE: frozenset({Service.COMPLAINTS}),
}

# What leaves everything as it is.
LOOKING = frozenset(
    {
        Act.TICKET_READ,
        Act.TICKET_LIST,
        Act.TICKET_HISTORY,
        Act.ATTACHMENT_READ,
        Act.DESK_READ,
        Act.DESK_HISTORY,
        Act.DESK_QUEUE,
        Act.TASK_READ,
    }
)


def scope(actor: Actor, act: Act) -> Scope | None:
    """Give the widest scope any of the actor's roles has for an act, or None; at a kiosk only for what it offers."""
    if actor.device and not AT_A_KIOSK.get(act, frozenset()) & actor.offers:
        return None
    table = ALLOWED.get(act, {})
    return max((table[role] for role in actor.roles if role in table), default=None)


def require(actor: Actor, act: Act) -> None:
    """Raise Forbidden unless the actor may do this to anything at all."""
    if scope(actor, act) is None:
        raise Forbidden


def reaches(actor: Actor, act: Act, *, customer: str = "", unit: str = "") -> bool:
    """Tell whether the actor may do this to an object of that customer and unit."""
    widest = scope(actor, act)
    if widest is Scope.OWN:
        return bool(customer) and actor.id == customer
    if widest is Scope.UNIT:
        return unit in actor.units
    return widest is Scope.ANY


def require_on(actor: Actor, act: Act, *, customer: str = "", unit: str = "") -> None:
    """Raise unless the actor may do this to that object; what is foreign looks absent (NotFound)."""
    require(actor, act)
    if not reaches(actor, act, customer=customer, unit=unit):
        raise NotFound
