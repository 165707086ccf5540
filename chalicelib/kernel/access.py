"""The one table of who may do what to which object; what is not in it is denied."""

from .actors import STAFF, Actor, Role
from .acts import Act as Act
from .acts import Scope as Scope
from .acts import Service as Service
from .errors import Forbidden, NotFound

_READERS = {
    Role.AGENT: Scope.UNIT,
    Role.SUPERVISOR: Scope.UNIT,
    Role.COMPLIANCE: Scope.ANY,
    Role.AUDITOR: Scope.ANY,
}
_WORKERS = {Role.AGENT: Scope.UNIT, Role.SUPERVISOR: Scope.UNIT}
# Who serves customers at a branch, or books for them.
_RECEPTION = {Role.AGENT: Scope.UNIT, Role.SUPERVISOR: Scope.UNIT, Role.CLERK: Scope.UNIT}
# Who sees the numbers of a hall: whoever looks after it, and the devices that stand in it.
_HALL = {**_READERS, Role.CLERK: Scope.UNIT, Role.KIOSK: Scope.OWN}

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
    # What customers hand in ahead of a visit is for who receives them there, and for nobody else.
    Act.PAPER_ADD: {Role.CUSTOMER: Scope.OWN, **_RECEPTION},
    Act.PAPER_READ: _RECEPTION,
    Act.PAPER_MARK: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.PAPER_CHECK: _RECEPTION,
    Act.BRANCH_WATCH: {**_READERS, Role.CLERK: Scope.UNIT},
    Act.BRANCH_SERVE: _RECEPTION,
    Act.HALL_SHOW: _HALL,
    Act.HALL_PRINT: _HALL,
    Act.BRANCH_SET: {Role.SUPERVISOR: Scope.UNIT, Role.ADMIN: Scope.ANY},
    Act.SERVICE_SET: {Role.ADMIN: Scope.ANY},
    Act.CONTINUITY_SET: {Role.SUPERVISOR: Scope.UNIT, Role.ADMIN: Scope.ANY},
    Act.CONTINUITY_READ: {**_READERS, Role.CLERK: Scope.UNIT, Role.ADMIN: Scope.ANY},
    Act.CALLBACK_WINDOWS: {Role.CUSTOMER: Scope.OWN, **_WORKERS},
    Act.CALLBACK_ASK: {Role.CUSTOMER: Scope.OWN},
    Act.CALLBACK_LIST: {Role.CUSTOMER: Scope.OWN},
    Act.CALLBACK_READ: {Role.CUSTOMER: Scope.OWN},
    Act.CALLBACK_CHANGE: {Role.CUSTOMER: Scope.OWN, **_WORKERS},
    Act.CALLBACK_WISHES: {Role.CUSTOMER: Scope.OWN},
    Act.CALLBACK_LOG: _WORKERS,
    Act.CALLBACK_WATCH: _READERS,
    Act.CALLBACK_WORK: _WORKERS,
    Act.CALLBACK_REPORT: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY, Role.AUDITOR: Scope.ANY},
    Act.CAMPAIGN_RUN: {Role.SUPERVISOR: Scope.UNIT},
    Act.CAMPAIGN_READ: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY, Role.AUDITOR: Scope.ANY},
    Act.COMPLAINT_LOG: {Role.AGENT: Scope.UNIT, Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.COMPLAINT_DECIDE: _WORKERS,
    Act.ANSWER_READ: _READERS,
    Act.ANSWER_WRITE: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.ANSWER_APPROVE: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY},
    Act.REPORTS_READ: {Role.SUPERVISOR: Scope.UNIT, Role.COMPLIANCE: Scope.ANY, Role.AUDITOR: Scope.ANY},
    Act.REPORTS_FILE: {Role.COMPLIANCE: Scope.ANY},
    Act.STAFF_READ: {**_READERS, Role.ADMIN: Scope.ANY},
    Act.STAFF_ABSENCE: {**dict.fromkeys(STAFF, Scope.OWN), Role.SUPERVISOR: Scope.UNIT},
    Act.DOCUMENT_SEE: _RECEPTION,
    # What is not one's unit is nobody's in particular: who may begin may for any, and compliance looks at it.
    Act.EMERGENCY_BEGIN: {Role.AGENT: Scope.ANY, Role.SUPERVISOR: Scope.ANY, Role.CLERK: Scope.ANY},
    Act.EMERGENCY_READ: {Role.COMPLIANCE: Scope.ANY, Role.AUDITOR: Scope.ANY},
    Act.EMERGENCY_ANSWER: {Role.COMPLIANCE: Scope.ANY},
    Act.FACE_USE: {Role.CUSTOMER: Scope.OWN},
    Act.FACE_READ: {Role.COMPLIANCE: Scope.ANY, Role.AUDITOR: Scope.ANY},
    Act.FACE_DECIDE: {Role.COMPLIANCE: Scope.ANY},
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
    Act.KIOSK_VISIT: {Role.KIOSK: Scope.OWN},
    Act.KIOSK_ARRIVALS: {Role.KIOSK: Scope.OWN},
    Act.HANDOVER_TAKE: {Role.CUSTOMER: Scope.OWN, Role.CLERK: Scope.UNIT},
    Act.OPERATIONS_READ: {Role.SUPERVISOR: Scope.ANY, Role.COMPLIANCE: Scope.ANY, Role.ADMIN: Scope.ANY},
    Act.OPERATIONS_REDRIVE: {Role.ADMIN: Scope.ANY},
}

_EVERY_KIOSK = frozenset(Service)
# At a display or a printer nobody signs in.
_FOR_CUSTOMERS = _EVERY_KIOSK - {Service.DISPLAY, Service.PRINTER}
_MATTERS = frozenset({Service.REQUESTS, Service.COMPLAINTS})

# What may be done at a kiosk, by the device or by a customer who is signed in there, and the services of which it has to
# offer one. What is not here is denied there, whatever the role: a device in a hall is not the customer's own.
AT_A_KIOSK: dict[Act, frozenset[Service]] = {
    Act.SESSION_USE: _EVERY_KIOSK,
    Act.KIOSK_USE: _EVERY_KIOSK,
    Act.KIOSK_VISIT: _FOR_CUSTOMERS,
    Act.HALL_SHOW: frozenset({Service.DISPLAY}),
    Act.HALL_PRINT: frozenset({Service.PRINTER}),
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
