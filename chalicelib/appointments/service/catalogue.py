"""Branches and services, put into the catalogue and changed there."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.events import Link, chained, end
from chalicelib.sla.packs import Packs

from .. import events, policy
from ..model import Branch, CellFixed, Service
from ..ports import Catalogue, Units


@dataclass(frozen=True)
class Registry:
    """Registering the same again writes nothing, so that a whole catalogue can be told as often as one likes."""

    catalogue: Catalogue
    units: Units
    packs: Packs

    def set_branch(self, branch: Branch, call: Call) -> Branch:
        """Set a branch as its manager wants it; who may, may for the unit it is in and for the one it comes to.

        Raises Outdated, Changed, Invalid with every setting that makes no sense, and CellFixed where the grain of its time
        would be another one: what is booked is counted in it.
        """
        before = self.catalogue.branch(branch.id)
        for unit in {branch.unit, before.unit if before else branch.unit}:
            access.require_on(call.actor, Act.BRANCH_SET, unit=unit)
        call.expect(before.version if before else 0)
        return self._branch(branch, before, call) or before or branch

    def set_service(self, service: Service, call: Call) -> Service:
        """Set a service for the whole institution; raises Outdated, Changed and Invalid."""
        access.require(call.actor, Act.SERVICE_SET)
        before = self.catalogue.service(service.id)
        call.expect(before.version if before else 0)
        return self._service(service, before, call) or before or service

    def found_branch(self, branch: Branch, call: Call) -> bool:
        """Register a branch as the institution's file has it; how it opens otherwise, and who is on leave, stays as told."""
        before = self.catalogue.branch(branch.id)
        kept = replace(branch, overrides=before.overrides, leaves=before.leaves) if before else branch
        return self._branch(kept, before, call) is not None

    def register_branch(self, branch: Branch, call: Call) -> bool:
        """Register a branch, or change one; tell whether there was anything to write."""
        return self._branch(branch, self.catalogue.branch(branch.id), call) is not None

    def register_service(self, service: Service, call: Call) -> bool:
        """Register a service, or change one; tell whether there was anything to write."""
        return self._service(service, self.catalogue.service(service.id), call) is not None

    def check(self, branch: Branch, before: Branch | None) -> None:
        """Raise Invalid for settings that make no sense, CellFixed where the grain of its time would be another one."""
        _refuse(policy.branch_faults(branch, self.packs.calendars, self.catalogue.services()))
        if branch.unit not in self.units.zones():
            raise Invalid.field("unit", "not_one_of")
        if before and before.cell != branch.cell:
            raise CellFixed

    def _branch(self, branch: Branch, before: Branch | None, call: Call) -> Branch | None:
        if before and replace(branch, version=before.version, chain=before.chain) == before:
            return None
        self.check(branch, before)
        version, link = (before.version + 1, before.chain) if before else (1, Link())
        told = events.BranchRegistered(branch.id, branch.unit, version, _digest(branch))
        records = chained(branch.subject, link, [told], call)
        written = replace(branch, version=version, chain=end(records, link))
        self.catalogue.register_branch(written, records)
        return written

    def _service(self, service: Service, before: Service | None, call: Call) -> Service | None:
        if before and replace(service, version=before.version, chain=before.chain) == before:
            return None
        _refuse(policy.service_faults(service))
        version, link = (before.version + 1, before.chain) if before else (1, Link())
        told = events.ServiceRegistered(service.id, version, _digest(service))
        records = chained(service.subject, link, [told], call)
        written = replace(service, version=version, chain=end(records, link))
        self.catalogue.register_service(written, records)
        return written


def _refuse(faults: Iterable[tuple[str, str]]) -> None:
    found = [{"field": name, "code": code} for name, code in faults]
    if found:
        raise Invalid(errors=found)


def _digest(thing: Branch | Service) -> str:
    """Hash what its manager set, so that a record proves it without telling it."""
    set_ = {name: value for name, value in vars(thing).items() if name not in ("measures", "version", "chain")}
    return hashlib.sha256(json.dumps(set_, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value: object) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else vars(value)
