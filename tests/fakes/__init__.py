"""Stand-ins for what lies outside, and stores in memory that keep the promises of their ports (see tests/contract)."""

from .answers import MemoryAnswers
from .files import FakeFiles, Object
from .fraud import MemoryReports
from .kiosks import MemoryKiosks
from .ledger import MemoryLedger
from .notifications import MemoryTally, MemoryTexts
from .operations import MemoryDueIndex, MemoryHeartbeat, MemoryRedrives
from .outside import FakeIssuer, FakeOutlet, FakeProvider, Sent
from .people import MemoryDirectory, MemoryPeople
from .tickets import MemoryTickets
from .verification import MemoryGates, MemoryVerifications

__all__ = [
    "FakeFiles",
    "FakeIssuer",
    "FakeOutlet",
    "FakeProvider",
    "MemoryAnswers",
    "MemoryDirectory",
    "MemoryDueIndex",
    "MemoryGates",
    "MemoryHeartbeat",
    "MemoryKiosks",
    "MemoryLedger",
    "MemoryPeople",
    "MemoryRedrives",
    "MemoryReports",
    "MemoryTally",
    "MemoryTexts",
    "MemoryTickets",
    "MemoryVerifications",
    "Object",
    "Sent",
]
