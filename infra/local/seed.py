"""The institution of a first start, and how it is planted: from a file like any institution's, again and again harmless."""

from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.kernel.actors import system
from chalicelib.kernel.calls import internal
from infra.institution.reading import Institution, read

SEED = "infra.local.seed.plant"
_DATA = Path(__file__).with_name("institution.toml")


@cache
def institution() -> Institution:
    """Read the data."""
    return read(_DATA)


def plant(_event: Any, context: Any) -> dict[str, int]:
    """Register all units, and the staff that is missing or has changed; runs in an environment, like any handler."""
    from chalicelib.bootstrap import services

    call = internal(system("seed"), "local", context.aws_request_id)
    register, planted = services().identity, institution()
    units = sum(register.register_unit(unit, call) for unit in planted.units.values())
    staff = sum(register.register_staff(member, call) for member in planted.staff.values())
    codes = int(planted.reach is not None and services().reaching.set(planted.reach, call))
    return {"units": units, "staff": staff, "codes": codes}
