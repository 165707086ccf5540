"""The desk in memory: an institution of every regime, its staff, and what the provider of its texts reports."""

import hmac
import json
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from chalicelib import bootstrap
from chalicelib.bootstrap import Services
from chalicelib.identity.model import Staff, Unit
from chalicelib.identity.policy import below
from chalicelib.kernel import actors, clock
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call, internal
from chalicelib.notifications.model import Said
from chalicelib.tickets.model import Ticket
from chalicelib.tickets.store import from_item
from tests.fakes import FakeProvider

from .house import KEYS, House, wired
from .tables import MemoryTables

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
HQ = "hq"
# Every regime that is shipped has a unit; the house's promises run everywhere.
UNITS = {
    HQ: ("", "Asia/Shanghai", "CN", "zh-CN", ("cn.nfra", "house")),
    "china": (HQ, "Asia/Shanghai", "CN", "zh-CN", ("cn.nfra", "cn.nfra.life", "cn.pbc", "house")),
    "london": (HQ, "Europe/London", "GB-ENG", "en", ("uk.disp", "uk.disp.payments", "house")),
    "europe": (HQ, "Europe/Berlin", "EU-TARGET", "en", ("eu.psd2", "house")),
    "hongkong": (HQ, "Asia/Hong_Kong", "HK", "zh-CN", ("hk.hkma", "house")),
    "singapore": (HQ, "Asia/Singapore", "SG", "en", ("sg.fa", "house")),
    "india": (HQ, "Asia/Kolkata", "IN", "en", ("in.rbi", "house")),
    "america": (HQ, "America/New_York", "US", "en", ("us.cfpb", "us.reg_e", "us.reg_z", "house")),
    "sydney": (HQ, "Australia/Sydney", "AU-NSW", "en", ("au.rg271", "house")),
}
BRANCHES = [unit for unit in UNITS if unit != HQ]
CUSTOMERS = ("+8613800138000", "+447400123456", "+12025550123")
SYSTEM = internal(actors.system("seed"), "seed", "seed")


class Desk(House):
    """One institution of every regime, its staff and three customers."""

    def __init__(self, seed: int | str = 0, now: datetime = START) -> None:
        tables, actors_, self.customers = _founded()
        super().__init__(tables.copy(), seed, now)
        self.actors = dict(actors_)
        self.reported: set[str] = set()
        self.silent: list[str] = []
        self.looked = 0

    # --- who, and what ----------------------------------------------------------------------------------------------

    def tickets(self) -> list[Ticket]:
        """Read every ticket."""
        return [from_item(item) for (_, sk), item in self.tables.items["tickets"].items() if sk == "ticket"]

    def ticket(self, id_: str) -> Ticket:
        """Read one ticket."""
        found = self.services.desk.changing.store.get(id_)
        assert found is not None
        return found

    def staff(self, **but: Any) -> list[str]:
        """Name the staff, perhaps only those of a role or unit."""
        return [
            id_
            for id_, actor in self.actors.items()
            if actor.is_staff
            and ("role" not in but or but["role"] in actor.roles)
            and ("unit" not in but or but["unit"] == actor.unit)
        ]

    # --- the provider ------------------------------------------------------------------------------------------------

    def report(self, text_id: str, status: str = "delivered", at: datetime | None = None) -> str:
        """Let the SMS provider report on a text, signed."""
        self.reported.add(text_id)
        said = {"id": f"provider-{text_id}", "message": text_id, "status": status, "at": clock.text(at or self.now)}
        body, stamp = json.dumps(said), str(int(self.now.timestamp()))
        mac = hmac.digest(KEYS.key("receipts"), f"{stamp}.{body}".encode(), "sha256").hex()
        call = internal(actors.ANONYMOUS, "http", "receipt")
        return str(self.services.receipts.take("dutydesk", Said(body, f"t={stamp},v1={mac}"), call))

    def unreported(self) -> list[str]:
        """Name the texts to customers that the provider took and has said nothing about."""
        sent = list(self.provider.sent.values())[self.looked :]
        self.looked = len(self.provider.sent)
        self.silent += [it.id for it in sent if it.to.startswith("+")]
        self.silent = [id_ for id_ in self.silent if id_ not in self.reported]
        return list(self.silent)


@cache
def _founded() -> tuple[MemoryTables, dict[str, Actor], tuple[str, ...]]:
    """Found the institution once: units, staff, customers."""
    tables = MemoryTables()
    founding = Services(bootstrap.settings())
    founding.__dict__.update(wired(tables, None, FakeProvider()))
    chance = random.Random("the founding")
    units = {
        id_: Unit(id_, parent, id_, zone, calendar, language, regimes)
        for id_, (parent, zone, calendar, language, regimes) in UNITS.items()
    }
    for unit in units.values():
        founding.identity.register_unit(unit, SYSTEM)
    found: dict[str, Actor] = {}
    for id_, unit, role in _people():
        founding.identity.register_staff(
            Staff(id_, unit, frozenset({role}), id_, f"{id_}@dutydesk.test", units[unit].language), SYSTEM
        )
        found[id_] = Actor(id_, frozenset({role}), unit, below(units, unit))
    call = Call(SYSTEM.actor, START - timedelta(days=1), "seed", "seed", chance.randbytes)
    customers = tuple(founding.identity.by_phone(phone, call) for phone in CUSTOMERS)
    found |= {id_: Actor(id_, frozenset({Role.CUSTOMER})) for id_ in customers}
    tables.stream.clear()
    return tables, found, customers


def _people() -> list[tuple[str, str, Role]]:
    found = [(f"{role}-{HQ}", HQ, role) for role in (Role.COMPLIANCE, Role.AUDITOR, Role.ADMIN)]
    for unit in UNITS:
        found += [(f"agent-{unit}-{n}", unit, Role.AGENT) for n in (1, 2)]
        found += [(f"lead-{unit}-{n}", unit, Role.SUPERVISOR) for n in (1, 2)]
    return found
