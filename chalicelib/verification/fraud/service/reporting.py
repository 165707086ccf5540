"""Taking a report of fraud: what it is about is closed to codes, and strangers are shut out, in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel import phone as phones
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Link, Record, chained, end
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import Report, Told
from ..ports import Customers, Hardens, Reports, Sessions

TRIES = 3


@dataclass(frozen=True)
class Reporting:
    """Believes whoever reports: what is closed wrongly is opened again by an administrator, what stays open is plundered."""

    store: Reports
    keys: Keys
    customers: Customers
    hardens: Hardens
    sessions: Sessions

    def tell(self, told: Told, call: Call) -> Report:
        """Take a customer's own report. Raises PhoneInvalid for a number that cannot be dialled, Changed."""
        access.require(call.actor, Act.FRAUD_REPORT)
        return self._taken(told, call.actor.id, self.customers.phone_of(call.actor.id), call)

    def log(self, told: Told, phone: str, call: Call) -> Report:
        """Take what somebody told staff about their number; raises PhoneInvalid, NotFound for nobody's number, Changed."""
        access.require(call.actor, Act.FRAUD_LOG)
        number = phones.dialable(phone)
        customer = self.customers.found_by_phone(number)
        if not customer:
            raise NotFound
        return self._taken(told, customer, number, call)

    def _taken(self, told: Told, customer: str, phone: str, call: Call) -> Report:
        number = phones.dialable(told.number) if told.number else ""
        closing = self._closing(told, phone, call.now)
        report = Report(
            id=call.new_id("frd"),
            kind=told.kind,
            customer=customer,
            unit=call.actor.unit,
            by=call.actor.id,
            note=told.note,
            reported_at=call.now,
            hardened_until=max(closing.values(), default=None),
            marked=marked(self.keys, number) if number else "",
        )
        return self._kept(report, closing, call)

    def _kept(self, report: Report, closing: Mapping[str, datetime], call: Call) -> Report:
        for _ in range(TRIES):
            beside, records = self.hardens.hardening(closing, call)
            ending, shut, ended = self._shut_out(report, call)
            told = replace(report, sessions_ended=ended)
            own = chained(told.id, Link(), [_happened(told)], call)
            told = replace(told, link=end(own, Link()))
            try:
                self.store.report(told, [*beside, *ending], [*own, *records, *shut], call.stamp(told))
            except Changed:
                continue  # what it closes was closed or opened at the same moment
            return told
        raise Changed

    def _shut_out(self, report: Report, call: Call) -> tuple[Sequence[Any], Sequence[Record], int]:
        """Give what ends the customer's sessions; whoever reports it themselves stays in."""
        if report.kind not in policy.ENDS_SESSIONS:
            return (), (), 0
        return self.sessions.shut_out(report.customer, call.actor.session, call)

    def _closing(self, told: Told, phone: str, now: datetime) -> dict[str, datetime]:
        closing = {}
        if told.kind in policy.CLOSES_PHONE:
            closing[f"phone:{phone}"] = now + policy.CLOSES_PHONE[told.kind]
        if told.kind in policy.CLOSES_DEVICE and told.device:
            closing[f"device:{told.device}"] = now + policy.CLOSES_DEVICE[told.kind]
        return closing


def _happened(report: Report) -> events.FraudReported:
    return events.FraudReported(
        report=report.id,
        kind=report.kind,
        customer=report.customer,
        unit=report.unit,
        marked=bool(report.marked),
        hardened_until=report.hardened_until,
        sessions_ended=report.sessions_ended,
    )


def marked(keys: Keys, number: str) -> str:
    """Give the keyed hash under which a number is marked."""
    return keys.mark("marked", number)
