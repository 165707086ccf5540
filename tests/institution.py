"""The institution of the tests: head office, Shanghai, London, and who works there."""

from typing import Any

from chalicelib.identity.model import Staff, Unit
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal

UNITS = (
    Unit("hq", "", "hq", "Asia/Shanghai", "CN", "zh-CN", ("cn.nfra", "house")),
    Unit("east", "hq", "east", "Asia/Shanghai", "CN", "zh-CN", ("cn.nfra", "house"), ("CN",)),
    Unit("london", "hq", "london", "Europe/London", "GB-ENG", "en", ("uk.disp", "uk.disp.payments", "house"), ("GB",)),
)
STAFF = {
    "agent-east": ("east", Role.AGENT),
    "agent-east-2": ("east", Role.AGENT),
    "lead-east": ("east", Role.SUPERVISOR),
    "head-hq": ("hq", Role.SUPERVISOR),
    "compliance-hq": ("hq", Role.COMPLIANCE),
    "auditor-hq": ("hq", Role.AUDITOR),
    "admin-hq": ("hq", Role.ADMIN),
    "agent-london": ("london", Role.AGENT),
    "lead-london": ("london", Role.SUPERVISOR),
}


def member(id_: str, **what_matters: Any) -> Staff:
    """Make one of them, with what matters."""
    unit, role = STAFF[id_]
    facts: dict[str, Any] = {"unit": unit, "roles": frozenset({role}), "language": "en"}
    return Staff(id=id_, name=id_, mail=f"{id_}@dutydesk.test", **facts | what_matters)


def found(identity: Any) -> None:
    """Register all of them."""
    seeding = internal(actors.system("seed"), "seed", "seed")
    for unit in UNITS:
        identity.register_unit(unit, seeding)
    for id_ in STAFF:
        identity.register_staff(member(id_), seeding)
