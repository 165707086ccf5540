"""A branch that looks at documents before a visit, and what is done there."""

from dataclasses import replace

from chalicelib.appointments.model import Appointment, Document, Item, Service, Verdict
from chalicelib.kernel.actors import ANONYMOUS, Actor, Role
from chalicelib.kernel.calls import Call
from tests.unit.appointments.office import CARD, KEYS, Office

PROOF = {"en": "Proof of address", "zh-CN": "住址证明"}
ACCOUNT = Service(
    "account",
    {},
    45,
    "desk",
    after=10,
    documents=(Document("id-card", CARD), Document("proof", PROOF, saves=20), Document("form", {}, saves=15)),
)
SYSTEM = Actor("system:attachments", frozenset({Role.SYSTEM}))


def opened() -> Office:
    """Give a branch that opens accounts, the day before."""
    office = Office()
    office.services_["account"] = ACCOUNT
    office.branches_["bund"] = replace(office.branches_["bund"], services=("account", "card", "stamp"))
    return office


def items(office: Office, visit: Appointment, call: Call | None = None) -> dict[str, Item]:
    listed = office.papers.checklist(visit.id, call or office.call())
    return {item.document.id: item for item in listed.items}


def standings(office: Office, visit: Appointment) -> dict[str, str]:
    return {id_: item.standing.value for id_, item in items(office, visit).items()}


def check(
    office: Office,
    visit: Appointment,
    document: str,
    verdict: Verdict = Verdict.ACCEPTED,
    reason: str = "",
    file: str = "",
) -> Appointment:
    """Let the clerk say what they found, of the newest file unless another is named."""
    seen = file or items(office, visit)[document].file
    return office.papers.check(visit.id, document, (verdict, reason, seen), office.clerk())


def accepted(office: Office, visit: Appointment, document: str) -> Appointment:
    office.sent(visit, document)
    return check(office, visit, document)


def by_link(office: Office, visit: Appointment) -> tuple[str, Call]:
    return KEYS.token("visit", office.got(visit).link_id), replace(office.call(), actor=ANONYMOUS)


def events_of(office: Office, visit: Appointment) -> list[str]:
    return [record.event for record in office.tables.chains[visit.id]]
