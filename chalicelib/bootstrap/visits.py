"""Appointments in branches."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call

from .devices import Devices

if TYPE_CHECKING:
    from chalicelib.appointments.service import (
        Answering,
        Arrivals,
        Booking,
        Calling,
        Changing,
        Closing,
        Finding,
        Holding,
        Missing,
        Papers,
        Queueing,
        Registry,
        Showing,
        Switching,
        Watching,
        Words,
    )
    from chalicelib.appointments.store import DynamoAppointments, DynamoCatalogue, DynamoDays
    from chalicelib.attachments.ports import Heard
    from chalicelib.attachments.service import Giving, Judging, SendingIn
    from chalicelib.kiosks.service import OfflineList
    from chalicelib.verification.documents.service import Witnessing


class Whose:
    """Whose file it is says who hears of it: its ticket, or its visit."""

    def __init__(self, tickets: "Heard", visits: "Heard") -> None:
        self._tickets, self._visits = tickets, visits

    def file_came(self, id_: str, at: datetime, call: Call) -> None:
        """Tell that a file came."""
        self._of(id_).file_came(id_, at, call)

    def kept_until(self, id_: str) -> datetime | None:
        """Ask until when files are kept."""
        return self._of(id_).kept_until(id_)

    def file_infected(self, id_: str, attachment: str, by_staff: bool, call: Call) -> None:
        """Tell that a file was infected."""
        self._of(id_).file_infected(id_, attachment, by_staff, call)

    def file_unscanned(self, id_: str, attachment: str, call: Call) -> None:
        """Tell that no scanner will say what a file is."""
        self._of(id_).file_unscanned(id_, attachment, call)

    def _of(self, id_: str) -> "Heard":
        return self._visits if id_.startswith("apt_") else self._tickets


class Visits(Devices):
    """What is done at branches."""

    @property
    def states(self) -> dict[str, dict[str, frozenset[str]]]:
        """Which state may follow which: of tickets by kind, of appointments, of entries of the waitlist, of promised calls."""
        from chalicelib.appointments import model as appointments
        from chalicelib.callbacks import model as callbacks

        told = {kind.value: table for kind, table in self.ticket_states.items()}
        visits = {"appointment": appointments.NEXT, "waitlist": appointments.STEPS}
        return {**told, **visits, "callback": callbacks.NEXT}

    @cached_property
    def _catalogue(self) -> "DynamoCatalogue":
        from chalicelib.appointments.store import DynamoCatalogue

        return DynamoCatalogue(self.tables)

    @cached_property
    def _visits(self) -> "DynamoAppointments":
        from chalicelib.appointments.store import DynamoAppointments

        return DynamoAppointments(self.tables)

    @cached_property
    def _days(self) -> "DynamoDays":
        from chalicelib.appointments.store import DynamoDays

        return DynamoDays(self.tables)

    @cached_property
    def registry(self) -> "Registry":
        from chalicelib.appointments.service import Registry

        return Registry(self._catalogue, self.institution, self.packs)

    @cached_property
    def availability(self) -> "Finding":
        from chalicelib.appointments.service import Finding

        return Finding(self._visits, self._catalogue, self.packs, self.keys, self._days)

    @cached_property
    def holding(self) -> "Holding":
        from chalicelib.appointments.service import Holding

        return Holding(self._visits, self.availability, self.identity)

    @cached_property
    def booking(self) -> "Booking":
        from chalicelib.appointments.service import Booking

        return Booking(self._visits, self.keys)

    @cached_property
    def rebooking(self) -> "Changing":
        from chalicelib.appointments.service import Changing

        return Changing(self._visits, self.booking, self.holding, self.keys)

    @cached_property
    def words(self) -> "Words":
        from chalicelib.appointments.service import Words

        return Words(self.rebooking, self._catalogue)

    @cached_property
    def queueing(self) -> "Queueing":
        from chalicelib.appointments.service import Queueing

        return Queueing(self._days, self._catalogue)

    @cached_property
    def showing(self) -> "Showing":
        from chalicelib.appointments.service import Showing

        return Showing(self.queueing, self._kiosks)

    @cached_property
    def arrivals(self) -> "Arrivals":
        from chalicelib.appointments.service import Arrivals

        return Arrivals(self.rebooking, self.queueing, self._days, self.identity, self.keys)

    @cached_property
    def kiosk_offline(self) -> "OfflineList":
        from chalicelib.appointments.service import Noting
        from chalicelib.kiosks.service import OfflineList

        return OfflineList(self._kiosks, Noting(self.arrivals))

    @cached_property
    def papers(self) -> "Papers":
        from chalicelib.appointments.service import Papers

        return Papers(self.rebooking, self.queueing, self._days, self._shelves)

    @property
    def _heard(self) -> "Heard":
        return Whose(self.enclosing, self.papers)

    @cached_property
    def papers_in(self) -> "SendingIn":
        from chalicelib.attachments.service import SendingIn

        return SendingIn(self._shelves, self.papers, self.files, Act.PAPER_ADD)

    @cached_property
    def papers_out(self) -> "Giving":
        from chalicelib.attachments.service import Giving

        return Giving(self._shelves, self.papers, self.papers, self.files, Act.PAPER_READ)

    @cached_property
    def papers_judged(self) -> "Judging":
        from chalicelib.attachments.service import Judging

        told = (self._heard, self.papers_in, self.files, self.scanner)
        return Judging(self._shelves, self.papers, *told, Act.PAPER_MARK)

    @cached_property
    def calling(self) -> "Calling":
        from chalicelib.appointments.service import Calling

        return Calling(self.rebooking, self.queueing, self._days, self.documents)

    @cached_property
    def documents(self) -> "Witnessing":
        from chalicelib.appointments.service import Attending
        from chalicelib.verification.documents.service import Witnessing
        from chalicelib.verification.documents.store import DynamoDocuments

        return Witnessing(DynamoDocuments(self.tables), Attending(self.rebooking, self.queueing), self.keys)

    @cached_property
    def missing(self) -> "Missing":
        from chalicelib.appointments.service import Missing

        return Missing(self.rebooking, self._catalogue, self._days)

    @cached_property
    def watching(self) -> "Watching":
        from chalicelib.appointments.service import Watching

        return Watching(self.rebooking, self.queueing, self.missing, self.words)

    @cached_property
    def answering_visits(self) -> "Answering":
        from chalicelib.appointments.service import Answering

        return Answering(self.rebooking)

    @cached_property
    def closing(self) -> "Closing":
        from chalicelib.appointments.service import Closing, Rehousing
        from chalicelib.appointments.store import DynamoContinuity

        continuity = DynamoContinuity(self.tables, self._catalogue)
        return Closing(self._visits, continuity, self._catalogue, self.packs, Rehousing(self.rebooking))

    @cached_property
    def switching(self) -> "Switching":
        from chalicelib.appointments.service import Switching

        return Switching(self.closing, self.registry, self.institution)
