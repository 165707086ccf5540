"""The institution of a first start, and how it is planted: through the product's own doors, again and again harmless."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.identity.model import Staff, Unit
from chalicelib.kernel.actors import Role, system
from chalicelib.kernel.calls import Call, internal

SEED = "infra.local.seed.plant"
_DATA = Path(__file__).with_name("institution.toml")


@dataclass(frozen=True)
class Institution:
    """Units and staff by id, as they stand in institution.toml."""

    units: dict[str, dict[str, Any]]
    staff: dict[str, dict[str, Any]]


def institution() -> Institution:
    """Read the data."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return Institution(data["units"], data["staff"])


def plant(_event: Any, context: Any) -> dict[str, int]:
    """Register all units, and the staff that is missing or has changed; runs in an environment, like any handler."""
    from chalicelib.bootstrap import services

    call = internal(system("seed"), "local", context.aws_request_id)
    planted = institution()
    for id_, unit in planted.units.items():
        services().identity.register_unit(_unit(id_, unit))
    staff = sum(_register(services(), id_, member, call) for id_, member in planted.staff.items())
    return {"units": len(planted.units), "staff": staff}


def _unit(id_: str, data: dict[str, Any]) -> Unit:
    return Unit(
        id=id_,
        parent=data.get("parent", ""),
        name=data["name"],
        timezone=data["timezone"],
        calendar=data["calendar"],
        language=data["language"],
        regimes=tuple(data["regimes"]),
        regions=tuple(data["regions"]),
    )


def _register(services: Any, id_: str, data: dict[str, Any], call: Call) -> bool:
    wanted = Staff(
        id=id_,
        unit=data["unit"],
        roles=frozenset(Role(role) for role in data["roles"]),
        name=data["name"],
        mail=data["mail"],
        language=data["language"],
    )
    # Each registration is a record in the ledger: a second start must not write any.
    there = services.people.staff(id_)
    if there is not None and (there.unit, there.roles, there.name) == (wanted.unit, wanted.roles, wanted.name):
        return False
    services.identity.register_staff(wanted, call)
    return True
