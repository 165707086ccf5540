"""Appointments in branches."""

from datetime import datetime
from functools import cached_property

from chalicelib.appointments import model as appointments
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
    Noting,
    Papers,
    Queueing,
    Registry,
    Rehousing,
    Showing,
    Switching,
    Watching,
    Words,
)
from chalicelib.appointments.store import DynamoAppointments, DynamoCatalogue, DynamoContinuity, DynamoDays
from chalicelib.attachments.ports import Heard
from chalicelib.attachments.service import Giving, Judging, SendingIn
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kiosks.service import OfflineList

from .cases import STATES
from .devices import Devices


class Whose:
    """Whose file it is says who hears of it: its ticket, or its visit."""

    def __init__(self, tickets: Heard, visits: Heard) -> None:
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

    def _of(self, id_: str) -> Heard:
        return self._visits if id_.startswith("apt_") else self._tickets


class Visits(Devices):
    """What is done at branches."""

    @property
    def states(self) -> dict[str, dict[str, frozenset[str]]]:
        """Which state may follow which: of each kind of ticket, and of appointments."""
        return {**{kind.value: table for kind, table in STATES.items()}, "appointment": appointments.NEXT}

    @cached_property
    def _catalogue(self) -> DynamoCatalogue:
        return DynamoCatalogue(self.tables)

    @cached_property
    def _visits(self) -> DynamoAppointments:
        return DynamoAppointments(self.tables)

    @cached_property
    def _days(self) -> DynamoDays:
        return DynamoDays(self.tables)

    @cached_property
    def registry(self) -> Registry:
        return Registry(self._catalogue, self.institution, self.packs)

    @cached_property
    def availability(self) -> Finding:
        return Finding(self._visits, self._catalogue, self.packs, self._days)

    @cached_property
    def holding(self) -> Holding:
        return Holding(self._visits, self.availability, self.identity)

    @cached_property
    def booking(self) -> Booking:
        return Booking(self._visits, self.keys)

    @cached_property
    def rebooking(self) -> Changing:
        return Changing(self._visits, self.booking, self.holding, self.keys)

    @cached_property
    def words(self) -> Words:
        return Words(self.rebooking, self._catalogue)

    @cached_property
    def queueing(self) -> Queueing:
        return Queueing(self._days, self._catalogue)

    @cached_property
    def showing(self) -> Showing:
        return Showing(self.queueing, self._kiosks)

    @cached_property
    def arrivals(self) -> Arrivals:
        return Arrivals(self.rebooking, self.queueing, self._days, self.identity, self.keys)

    @cached_property
    def kiosk_offline(self) -> OfflineList:
        return OfflineList(self._kiosks, Noting(self.arrivals))

    @cached_property
    def papers(self) -> Papers:
        return Papers(self.rebooking, self.queueing, self._days, self._shelves)

    @property
    def _heard(self) -> Heard:
        return Whose(self.enclosing, self.papers)

    @cached_property
    def papers_in(self) -> SendingIn:
        return SendingIn(self._shelves, self.papers, self.files, Act.PAPER_ADD)

    @cached_property
    def papers_out(self) -> Giving:
        return Giving(self._shelves, self.papers, self.papers, self.files, Act.PAPER_READ)

    @cached_property
    def papers_judged(self) -> Judging:
        told = (self._heard, self.papers_in, self.files, self.scanner)
        return Judging(self._shelves, self.papers, *told, Act.PAPER_MARK)

    @cached_property
    def calling(self) -> Calling:
        return Calling(self.rebooking, self.queueing, self._days)

    @cached_property
    def missing(self) -> Missing:
        return Missing(self.rebooking, self._catalogue, self._days)

    @cached_property
    def watching(self) -> Watching:
        return Watching(self.rebooking, self.queueing, self.missing, self.words)

    @cached_property
    def answering_visits(self) -> Answering:
        return Answering(self.rebooking)

    @cached_property
    def closing(self) -> Closing:
        continuity = DynamoContinuity(self.tables, self._catalogue)
        return Closing(self._visits, continuity, self._catalogue, self.packs, Rehousing(self.rebooking))

    @cached_property
    def switching(self) -> Switching:
        return Switching(self.closing, self.registry, self.institution)
