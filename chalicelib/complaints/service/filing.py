"""Taking in complaints, and raising the alarm over a major one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Event
from chalicelib.sla.escalation import Escalations
from chalicelib.sla.packs import Packs
from chalicelib.tickets.model import Filing, Notice, Severity, Ticket, received_notice

from .. import events, policy
from ..ports import Intake
from .reaching import Reaching, sha256


@dataclass(frozen=True)
class Receiving:
    """Complaints as they come in."""

    reaching: Reaching
    intake: Intake
    packs: Packs
    escalations: Escalations

    def read(self, id_: str, call: Call) -> Ticket:
        """Give a complaint."""
        return self.reaching.read(id_, Act.TICKET_READ, call)

    def file(self, filing: Filing, call: Call) -> Ticket:
        """Register a complaint of the caller.

        Raises NotFound for a unit that does not exist or is out of reach, Invalid if it was received in the future.
        """
        return self.intake.file(self._graded(filing, call), call, self._receiving(call))

    def log(self, filing: Filing, phone: str, call: Call) -> Ticket:
        """Register a complaint somebody of the staff took down; the customer is known by id or by phone number.

        Raises PhoneInvalid, and NotFound for a customer nobody knows.
        """
        return self.intake.log(self._graded(filing, call), phone, call, self._receiving(call))

    def acknowledge(self, id_: str, call: Call) -> Ticket:
        """Send the acknowledgement once more; raises NotAllowedNow for a complaint that is over."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if not ticket.open:
                raise NotAllowedNow(state=ticket.status, allowed=[])
            notice = received_notice(ticket, f"acknowledgement:{ticket.version}", self.packs, call.now)
            after = ticket.owing(notice)
            return after, [events.AcknowledgementAsked(ticket.id, (after.word(notice),))]

        return self.reaching.change(id_, Act.DESK_WRITE, call, change)

    def acknowledge_alarm(self, id_: str, call: Call) -> Ticket:
        """Say that one has looked at a major complaint; raises NotAllowedNow where no alarm is open."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            after = ticket.after("major.acknowledged", call.now, self.packs)
            if after == ticket:
                raise NotAllowedNow(state=ticket.status, allowed=[])
            return after, [events.AlarmAcknowledged(ticket.id)]

        return self.reaching.change(id_, Act.COMPLAINT_APPROVE, call, change)

    def _graded(self, filing: Filing, call: Call) -> Filing:
        reasons = policy.major_reasons(self.escalations.at(call.now), filing.process, filing.needs)
        return replace(filing, severity=Severity.MAJOR) if reasons else filing

    def _receiving(self, call: Call) -> Callable[[Ticket, Notice], tuple[Ticket, list[Event]]]:
        return lambda ticket, acknowledgement: self._received(ticket, acknowledgement, call)

    def _received(self, ticket: Ticket, acknowledgement: Notice, call: Call) -> tuple[Ticket, list[Event]]:
        happened: list[Event] = [_news(ticket, ticket.word(acknowledgement))]
        needs = ticket.needs.kinds if ticket.needs else ()
        reasons = policy.major_reasons(self.escalations.at(call.now), ticket.process, needs)
        if reasons:
            ticket, alarm = alarmed(ticket, reasons, self.packs, call)
            happened += alarm
        return ticket, happened


def alarmed(ticket: Ticket, reasons: tuple[str, ...], packs: Packs, call: Call) -> tuple[Ticket, list[Event]]:
    """Give a complaint that has turned out to be major, with the alarm to head and compliance, at once."""
    ticket = ticket.after("major", call.now, packs)
    facts = {"reasons": ", ".join(reasons)}
    # One that was taken for less in between is a major one anew, and that is another word: hence the version in its key.
    key = f"major:{ticket.version}"
    notices = [Notice(f"{key}:{level}", "complaint_major", level, call.now, facts=facts) for level in _ALARMED]
    # A critical one stays critical: its levels are told to more people.
    severity = Severity.CRITICAL if ticket.severity is Severity.CRITICAL else Severity.MAJOR
    ticket = replace(ticket, severity=severity, priority="urgent").owing(*notices)
    return ticket, [events.ComplaintMajor(ticket.id, reasons, tuple(ticket.word(notice) for notice in notices))]


_ALARMED = ("head", "compliance")


def _news(ticket: Ticket, word: dict[str, Any]) -> events.ComplaintReceived:
    return events.ComplaintReceived(
        ticket=ticket.id,
        number=ticket.number,
        unit=ticket.unit,
        owner=ticket.owner,
        channel=ticket.channel,
        received_at=ticket.received_at,
        regimes=ticket.regimes,
        sha256=sha256(ticket.subject, ticket.body),
        notices=(word,),
    )
