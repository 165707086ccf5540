"""Branches and services, put into the catalogue and changed there."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Link, chained, end

from .. import events
from ..model import Branch, CellFixed, Service
from ..ports import Catalogue


@dataclass(frozen=True)
class Registry:
    """Registering the same again writes nothing, so that a whole catalogue can be told as often as one likes."""

    catalogue: Catalogue

    def register_branch(self, branch: Branch, call: Call) -> bool:
        """Register a branch, or change one; tell whether there was anything to write.

        Raises Changed, and CellFixed where the grain of its time would be another one: what is booked is counted in it.
        """
        before = self.catalogue.branch(branch.id)
        if before and replace(branch, version=before.version, chain=before.chain) == before:
            return False
        if before and before.cell != branch.cell:
            raise CellFixed
        version, link = (before.version + 1, before.chain) if before else (1, Link())
        told = events.BranchRegistered(branch.id, branch.unit, version, _digest(branch))
        records = chained(branch.subject, link, [told], call)
        written = replace(branch, version=version, chain=end(records, link))
        self.catalogue.register_branch(written, records, call.stamp(written))
        return True

    def register_service(self, service: Service, call: Call) -> bool:
        """Register a service, or change one; tell whether there was anything to write. Raises Changed."""
        before = self.catalogue.service(service.id)
        if before and replace(service, version=before.version, chain=before.chain) == before:
            return False
        version, link = (before.version + 1, before.chain) if before else (1, Link())
        told = events.ServiceRegistered(service.id, version, _digest(service))
        records = chained(service.subject, link, [told], call)
        written = replace(service, version=version, chain=end(records, link))
        self.catalogue.register_service(written, records, call.stamp(written))
        return True


def _digest(thing: Branch | Service) -> str:
    """Hash what its manager set, so that a record proves it without telling it."""
    set_ = {name: value for name, value in vars(thing).items() if name not in ("version", "chain")}
    return hashlib.sha256(json.dumps(set_, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value: object) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else vars(value)
