"""Stand-ins for what lies outside, and stores in memory that keep the promises of their ports (see tests/contract)."""

from .answers import MemoryAnswers
from .branches import MemoryCatalogue, MemoryContinuity
from .days import MemoryDays
from .faces import FakeFaces
from .files import FakeFiles, Object
from .fraud import MemoryReports
from .kiosks import MemoryHandovers, MemoryKiosks
from .ledger import MemoryLedger
from .notifications import MemoryTally, MemoryTexts
from .operations import MemoryDueIndex, MemoryHeartbeat, MemoryRedrives
from .outside import FakeIssuer, FakeOutlet, FakeProvider, Sent
from .people import MemoryDirectory, MemoryPeople
from .shelves import MemoryShelves
from .signals import FakeDevices, FakeNumbers, FakeTrust, MemoryChecks
from .tickets import MemoryTickets
from .verification import MemoryGates, MemoryVerifications
from .visits import MemoryAppointments, MemoryVisits

__all__ = [
    "FakeDevices",
    "FakeFaces",
    "FakeFiles",
    "FakeIssuer",
    "FakeNumbers",
    "FakeOutlet",
    "FakeProvider",
    "FakeTrust",
    "MemoryAnswers",
    "MemoryAppointments",
    "MemoryCatalogue",
    "MemoryChecks",
    "MemoryContinuity",
    "MemoryDays",
    "MemoryDirectory",
    "MemoryDueIndex",
    "MemoryGates",
    "MemoryHandovers",
    "MemoryHeartbeat",
    "MemoryKiosks",
    "MemoryLedger",
    "MemoryPeople",
    "MemoryRedrives",
    "MemoryReports",
    "MemoryShelves",
    "MemoryTally",
    "MemoryTexts",
    "MemoryTickets",
    "MemoryVerifications",
    "MemoryVisits",
    "Object",
    "Sent",
]
