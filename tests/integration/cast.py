"""Who asks in the table of rights: one column for each kind of person, and their sessions."""

from datetime import timedelta

from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from tests.world import LI, SMITH, World

NOBODY = ("anon", "exp", "rev")
STAFF = {
    "agent own": "agent-east",
    "agent other": "agent-london",
    "agent recused": "agent-east",
    "supervisor own": "lead-east",
    "supervisor above": "head-hq",
    "supervisor other": "lead-london",
    "clerk": "clerk-hq",
    "compliance": "compliance-hq",
    "auditor": "auditor-hq",
    "admin": "admin-hq",
}
COLUMNS = (*NOBODY, "customer own", "customer other", *STAFF)


def rows(table: str) -> dict[str, dict[str, str]]:
    """Read a table: route, then column, then what is expected."""
    found: dict[str, dict[str, str]] = {}
    for line in table.strip("\n").splitlines()[2:]:
        route, *groups = line.split("|")
        found[" ".join(route.split())] = dict(zip(COLUMNS, " ".join(groups).split(), strict=True))
    return found


def signed_in(world: World) -> dict[str, str]:
    """One session for each column."""
    clerk = Staff("clerk-hq", "hq", frozenset({Role.CLERK}), "clerk", "clerk@dutydesk.test", "en")
    world.services.identity.register_staff(clerk, internal(actors.system("seed"), "seed", "seed"))
    expired, ended = world.staff("lead-east"), world.staff("lead-east")
    world.ask("DELETE", "/v1/sessions/current", token=ended)
    world.now += timedelta(hours=12)
    people = {column: world.staff(id_) for column, id_ in STAFF.items()}
    customers = {"customer own": world.sign_in(LI), "customer other": world.sign_in(SMITH)}
    return {"anon": "", "exp": expired, "rev": ended, **customers, **people}


def fresh(world: World, column: str) -> str:
    """Sign in once more, for who is about to sign out."""
    if column in STAFF:
        return world.staff(STAFF[column])
    return world.sign_in(LI if column == "customer own" else SMITH)
