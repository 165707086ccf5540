"""A complaint as its records tell it, up to an instant; nothing else is asked, so that the same records say the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel.clock import moment
from chalicelib.kernel.events import Record


@dataclass(frozen=True)
class Redress:
    """What was paid, in minor units, and when we were told of it."""

    told_at: datetime
    amount: int
    currency: str


@dataclass(frozen=True)
class Case:
    """`head` is the hash of its last record taken in; `codes` are the regulator's by the ref of their list.

    `received_at` and `ended_at` are when it was first expressed and when it ended, for counting days; `registered_at` and
    `ended_told_at` are when our records say so for the first time. A case belongs to periods by the latter two: what is
    logged late would otherwise fall between a file that is made already and the next one. `proposed` is a decision that
    still waits for approval. A case that was `merged` goes on in another.
    """

    subject: str
    head: str = ""
    complaint: bool = False
    number: str = ""
    unit: str = ""
    channel: str = ""
    received_at: datetime | None = None
    registered_at: datetime | None = None
    ended_told_at: datetime | None = None
    regimes: tuple[str, ...] = ()
    product: str = ""
    cause: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proposed: str = ""
    outcome: str = ""
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None
    closed_at: datetime | None = None
    merged: bool = False
    extensions: int = 0
    reviewed: bool = False
    paid: tuple[Redress, ...] = ()

    @classmethod
    def folded(cls, subject: str, records: Iterable[Record], until: datetime) -> "Case":
        """Take in the records made before an instant, in order."""
        case = cls(subject)
        for record in records:
            at = moment(record.at)
            if at >= until:
                break
            case = replace(_started_earlier(case, record.body), head=record.hash)
            case = _dated(replace(case, **_changes(case, record, at)), at)
        return case

    @property
    def ended_at(self) -> datetime | None:
        """When regulators count it as closed: the answer was sent, it was withdrawn, or closed, whichever came first."""
        return min((at for at in (self.answered_at, self.withdrawn_at, self.closed_at) if at), default=None)

    def of_scheme(self, scheme: str, prefix: str = "") -> tuple[str, ...]:
        """Give its codes of a scheme, in whatever version, that begin with a prefix."""
        found = [codes for ref, codes in self.codes.items() if ref.partition("@")[0] == scheme]
        return tuple(sorted(code for codes in found for code in codes if code.startswith(prefix)))


Body = Mapping[str, Any]


def _dated(case: Case, at: datetime) -> Case:
    """Note when a case became a complaint, and when it ended; one that goes on after all has not ended."""
    registered = case.registered_at or (at if case.complaint else None)
    ended = (case.ended_told_at or at) if case.ended_at else None
    return replace(case, registered_at=registered, ended_told_at=ended)


def _started_earlier(case: Case, body: Body) -> Case:
    """A merge brings an earlier expression with it, which stands in the clocks that begin anew."""
    if not case.complaint:
        return case
    starts = [moment(move["at"]) for move in body.get("clocks", ()) if move["do"] == "start"]
    return replace(case, received_at=min([at for at in (case.received_at, *starts) if at], default=None))


def _changes(case: Case, record: Record, at: datetime) -> dict[str, Any]:
    """Say what one record changes; the names of events stand in docs/events.md, and nothing of them is imported."""
    body = record.body
    return {
        **_begun(case, record.event, body),
        **_decided(case, record.event, body, at),
        **_ended(case, record.event, body, at),
    }


def _begun(case: Case, event: str, body: Body) -> dict[str, Any]:
    """How it came in, and what kind it is."""
    known = {name: body[name] for name in ("number", "unit", "channel") if name in body}
    match event:
        case "ticket.received":
            return known
        case "complaint.received":
            began = {"received_at": moment(body["received_at"]), "regimes": tuple(body["regimes"])}
            return {**known, **began, "complaint": True}
        case "ticket.promoted":
            began = {"received_at": moment(body["first_expressed_at"]), "regimes": tuple(body["regimes"])}
            return {**began, "complaint": True, "closed_at": None}
        case "complaint.classified":
            codes = {ref: tuple(given) for ref, given in body["codes"].items()}
            return {"product": body["product"] or case.product, "cause": body["cause"], "codes": codes}
    return {}


def _decided(case: Case, event: str, body: Body, at: datetime) -> dict[str, Any]:
    """What was decided, once whoever has to approve it has, and what came of it."""
    match event:
        case "complaint.decided":
            return (
                {"proposed": body["outcome"]} if body["approval_for"] else {"proposed": "", "outcome": body["outcome"]}
            )
        case "complaint.approved":
            return {"proposed": "", "outcome": case.proposed or case.outcome}
        case "complaint.returned":
            return {"proposed": ""}
        case "complaint.review_asked":
            return {"reviewed": True, "unit": body["unit"], "closed_at": None}
        case "complaint.extension_approved":
            return {"extensions": case.extensions + 1}
        case "complaint.redress_paid":
            amount, currency = int(body["redress"]["amount"]), body["redress"]["currency"]
            return {"paid": (*case.paid, Redress(at, amount, currency))}
    return {}


def _ended(case: Case, event: str, body: Body, at: datetime) -> dict[str, Any]:
    """When it was answered for the first time, and how it ended."""
    match event:
        case "complaint.delivered":
            return {"answered_at": case.answered_at or at}
        case "notice.arrived":
            # By SMS the answer counts from when the provider says that it arrived.
            answer = body["how"] == "delivered" and body["key"].partition(":")[0] in ("decision", "review")
            return {"answered_at": case.answered_at or moment(body["at"])} if answer else {}
        case "complaint.withdrawn":
            return {"withdrawn_at": at}
        case "complaint.closed":
            return {"closed_at": case.closed_at or at}
        case "ticket.reopened":
            return {"closed_at": None}
        case "ticket.merged":
            return {"merged": True}
    return {}
