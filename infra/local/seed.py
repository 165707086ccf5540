"""The institution of a first start, and how it is planted: from a file like any institution's, again and again harmless."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.kernel.actors import system
from chalicelib.kernel.calls import internal
from infra.institution.reading import Institution, read

SEED = "infra.local.seed.plant"
_DATA = Path(__file__).with_name("institution.toml")
_ANSWERS = Path(__file__).with_name("answers.toml")


@cache
def institution() -> Institution:
    """Read the data."""
    return read(_DATA)


@cache
def mark() -> str:
    """Tell one state of what is planted from another."""
    return hashlib.sha256(institution().mark.encode() + _ANSWERS.read_bytes()).hexdigest()


def plant(_event: Any, context: Any) -> dict[str, int]:
    """Register all units, and the staff that is missing or has changed, and have missing canned answers approved.

    Runs in an environment, like any handler.
    """
    from chalicelib.bootstrap import services
    from infra.local import answers

    call = internal(system("seed"), "local", context.aws_request_id)
    register, planted = services().identity, institution()
    units = sum(register.register_unit(unit, call) for unit in planted.units.values())
    staff = sum(register.register_staff(member, call) for member in planted.staff.values())
    registry = services().registry
    offered = sum(registry.register_service(service, call) for service in planted.services.values())
    branches = sum(registry.found_branch(branch, call) for branch in planted.branches.values())
    codes = int(planted.reach is not None and services().reaching.set(planted.reach, call))
    faces = int(planted.faces is not None and services().face_offering.set(planted.faces, call))
    told = answers.plant(planted, context.aws_request_id)
    planted_now = {"units": units, "staff": staff, "services": offered, "branches": branches}
    return planted_now | {"codes": codes, "faces": faces, "answers": told}
