"""Who acts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the institution; `anonymous` and `system` complete the list."""

    ANONYMOUS = "anonymous"
    CUSTOMER = "customer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    CLERK = "clerk"
    COMPLIANCE = "compliance"
    AUDITOR = "auditor"
    ADMIN = "admin"
    KIOSK = "kiosk"
    SYSTEM = "system"


STAFF = frozenset({Role.AGENT, Role.SUPERVISOR, Role.CLERK, Role.COMPLIANCE, Role.AUDITOR, Role.ADMIN})


@dataclass(frozen=True)
class Actor:
    """Somebody, or something, that acts; `units` are the unit and all below it, for staff.

    `device` is the kiosk at which they act, itself if it is one, and `offers` the services that it may offer. `emergency`
    is why they reach beyond their unit for a while. `proven_at` is when they
    last proved in this session, once more, who they are.
    """

    id: str
    roles: frozenset[Role]
    unit: str = ""
    units: frozenset[str] = frozenset()
    session: str = ""
    device: str = ""
    offers: frozenset[str] = frozenset()
    emergency: str = ""
    proven_at: datetime | None = None

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)

    @property
    def role(self) -> str:
        """Name the roles for a record, in a fixed order, and that they reach beyond their unit, if they do."""
        return "+".join([*sorted(self.roles), *(["emergency"] if self.emergency else [])])


ANONYMOUS = Actor("anonymous", frozenset({Role.ANONYMOUS}))


def system(name: str) -> Actor:
    """Name a part of Dutydesk as the actor, for what nobody asked for in person."""
    return Actor(f"system:{name}", frozenset({Role.SYSTEM}))
