"""People and a directory, and the words in which their contract is told."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chalicelib.identity.model import Absence, AbsentFor, Assurance, Customer, Session, Staff, Unit
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.events import Link
from chalicelib.kernel.tokens import Keys
from tests.builders import link_after
from tests.world import LI, START

KEYS = Keys(b"a root secret for tests")
EAST = Unit("east", "hq", "East", "Asia/Shanghai", "CN", "zh-CN", ("cn.nfra", "house"), ("CN",))
ANN = Staff(
    "ann",
    "east",
    frozenset({Role.AGENT, Role.SUPERVISOR}),
    "Ann",
    "ann@dutydesk.test",
    "en",
    languages=frozenset({"zh-CN"}),
    skills=frozenset({"fees", "cards"}),
    capacity=0.57,
    away=(Absence("abs_1", START, START + timedelta(days=1), START, AbsentFor.LEAVE),),
)
CUSTOMER = Customer("cus_1", LI, "en", "east", verified=True, version=0)


@dataclass
class Register:
    """People and directory of one institution, and the words of these tests."""

    people: Any
    directory: Any

    def customer(self, customer: Customer = CUSTOMER) -> Customer:
        records, link = link_after(customer.id)
        self.people.register_customer(replace(customer, link=link), records)
        return self.people.customer(customer.id)

    def staff(self, staff: Staff = ANN, before: Staff | None = None, ending: Any = ()) -> Staff:
        records, link = link_after(staff.id, before.link if before else Link())
        self.people.register_staff(replace(staff, link=link), before, records, ending)
        return self.people.staff(staff.id)

    def start(self, person: Any, n: int = 1, grant: str = "", given: Any = None, **but: Any) -> str:
        """Begin a session; give its token."""
        records, link = link_after(person.id, person.link)
        actor = Actor(person.id, frozenset({Role.AGENT}), "east", frozenset({"east", "west"}), f"ses_{n}")
        session = Session(f"ses_{n}", actor, Assurance.STAFF, but.get("until", START + timedelta(hours=12)))
        self.people.start(session, replace(person, link=link), records, grant, given)
        return KEYS.token("session", session.id)

    def end(self, token: str, person: Any) -> None:
        records, link = link_after(person.id, person.link)
        self.people.end(self.people.session(token), token, replace(person, link=link), records)
