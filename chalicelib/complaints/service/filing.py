"""Taking in complaints, and raising the alarm over a major one."""

from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Event
from chalicelib.sla.packs import Packs
from chalicelib.tickets.model import Filing, Notice, Severity, Ticket, answer_by

from .. import events, policy
from ..ports import Intake
from .reaching import Reaching, sha256


@dataclass(frozen=True)
class Receiving:
    """Complaints as they come in."""

    reaching: Reaching
    intake: Intake
    packs: Packs

    def read(self, id_: str, call: Call) -> Ticket:
        """Give a complaint."""
        return self.reaching.read(id_, Act.TICKET_READ, call)

    def file(self, filing: Filing, call: Call) -> Ticket:
        """Register a complaint of the caller.

        Raises NotFound for a unit that does not exist or is out of reach, Invalid if it was received in the future.
        """
        return self.intake.file(_graded(filing), call, lambda ticket, word: _received(ticket, word, self.packs, call))

    def log(self, filing: Filing, phone: str, call: Call) -> Ticket:
        """Register a complaint somebody of the staff took down; the customer is known by id or by phone number.

        Raises PhoneInvalid, and NotFound for a customer nobody knows.
        """
        return self.intake.log(
            _graded(filing), phone, call, lambda ticket, word: _received(ticket, word, self.packs, call)
        )

    def acknowledge(self, id_: str, call: Call) -> Ticket:
        """Send the acknowledgement once more; raises NotAllowedNow for a complaint that is over."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if not ticket.open:
                raise NotAllowedNow(state=ticket.status, allowed=[])
            facts = {"answer_by": answer_by(ticket.clocks, self.packs, call.now)}
            key = f"acknowledgement:{ticket.version}"
            notice = Notice(key, "complaint_received", "customer", call.now, facts=facts)
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


def alarmed(ticket: Ticket, reasons: tuple[str, ...], packs: Packs, call: Call) -> tuple[Ticket, list[Event]]:
    """Give a complaint that has turned out to be major, with the alarm to head and compliance, at once."""
    ticket = ticket.after("major", call.now, packs)
    facts = {"reasons": ", ".join(reasons)}
    notices = [Notice(f"major:{level}", "complaint_major", level, call.now, facts=facts) for level in _ALARMED]
    ticket = replace(ticket, severity=Severity.MAJOR, priority="urgent").owing(*notices)
    return ticket, [events.ComplaintMajor(ticket.id, reasons, tuple(ticket.word(notice) for notice in notices))]


_ALARMED = ("head", "compliance")


def _graded(filing: Filing) -> Filing:
    return replace(filing, severity="major") if policy.major_reasons(filing.process, filing.needs) else filing


def _received(ticket: Ticket, acknowledgement: Notice, packs: Packs, call: Call) -> tuple[Ticket, list[Event]]:
    words: tuple[dict[str, Any], ...] = (ticket.word(acknowledgement),)
    happened: list[Event] = [
        events.ComplaintReceived(
            ticket=ticket.id,
            number=ticket.number,
            unit=ticket.unit,
            owner=ticket.owner,
            channel=ticket.channel,
            received_at=ticket.received_at,
            regimes=ticket.regimes,
            sha256=sha256(ticket.subject, ticket.body),
            notices=words,
        )
    ]
    reasons = policy.major_reasons(ticket.process, ticket.needs.kinds if ticket.needs else ())
    if reasons:
        ticket, news = alarmed(ticket, reasons, packs, call)
        happened += news
    return ticket, happened
