"""The catalogue of branches and services, measures of continuity and plans, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chalicelib.appointments.model import Branch, Measure, Plan, PlanEntry, Service
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from .visits import MemoryVisits


def _next_of(known: Branch | Service | Measure | Plan | None, after: Branch | Service | Measure | Plan) -> bool:
    """Tell whether something is the version after the one that is kept."""
    return (known.version if known else 0) == after.version - 1


@dataclass
class MemoryCatalogue:
    """Branches and services in memory; promises what the port promises, and is never a minute old."""

    known: dict[str, Branch] = field(default_factory=dict)
    offered: dict[str, Service] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    visits: MemoryVisits = field(default_factory=MemoryVisits)

    def branches(self) -> Mapping[str, Branch]:
        return {id_: replace(it, measures=self._about(it)) for id_, it in self.known.items()}

    def _about(self, branch: Branch) -> tuple[Measure, ...]:
        return tuple(it for _, it in sorted(self.measures.items()) if it.covers(branch.id, branch.unit))

    def services(self) -> Mapping[str, Service]:
        return self.offered

    def forget(self) -> None:
        """Nothing is remembered here."""

    def branch(self, id_: str) -> Branch | None:
        return self.known.get(id_)

    def service(self, id_: str) -> Service | None:
        return self.offered.get(id_)

    def register_branch(self, branch: Branch, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        self.visits.commit(records, stamp, None if _next_of(self.known.get(branch.id), branch) else Changed())
        self.known[branch.id] = branch

    def register_service(self, service: Service, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        self.visits.commit(records, stamp, None if _next_of(self.offered.get(service.id), service) else Changed())
        self.offered[service.id] = service


@dataclass
class MemoryContinuity:
    """Measures and plans in memory; promises what the port promises."""

    catalogue: MemoryCatalogue = field(default_factory=MemoryCatalogue)
    plans: dict[str, Plan] = field(default_factory=dict)

    def measure(self, target: str) -> Measure | None:
        return self.catalogue.measures.get(target)

    def set_measure(self, measure: Measure, records: Sequence[Record]) -> None:
        fits = _next_of(self.measure(measure.target), measure)
        self.catalogue.visits.commit(records, None, None if fits else Changed())
        self.catalogue.measures[measure.target] = measure

    def plan(self, branch: str) -> Plan | None:
        return self.plans.get(branch)

    def set_plan(self, plan: Plan, records: Sequence[Record], former: Plan | None = None) -> None:
        self.catalogue.visits.commit(records, None, None if _next_of(self.plan(plan.branch), plan) else Changed())
        self.plans[plan.branch] = plan

    def entries(self, branch: str, since: date, standing: str, limit: int, start: Position | None) -> Page[PlanEntry]:
        """List a plan's lines; a filter leaves lines out of a page and does not fill it up."""
        lines = [it for it in sorted(self.catalogue.visits.entries[branch].items()) if it[0][0] >= since.isoformat()]
        rest = [(key, line) for key, line in lines if start is None or key > tuple(start["after"])]
        found = tuple(line for _, line in rest[:limit] if standing in ("", line.standing))
        return Page(found, {"after": list(rest[limit - 1][0])} if len(rest) > limit else None)
