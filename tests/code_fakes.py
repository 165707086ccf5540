"""Everything of codes over stores in memory, with nothing around it."""

from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.kernel.tokens import Keys
from chalicelib.kernel.wording import Wording
from chalicelib.verification.codes.model import Verification
from chalicelib.verification.codes.service import Closings, Codes, Following, Gate, Hearing, Reaching
from tests.fakes import FakeProvider, FakeTrust, MemoryVerifications

TEXTS = Path(__file__).parents[1] / "chalicelib" / "notifications" / "texts"


@dataclass
class Vault:
    """Everything of codes with nothing around it."""

    store: MemoryVerifications = field(default_factory=MemoryVerifications)
    provider: FakeProvider = field(default_factory=FakeProvider)
    keys: Keys = field(default_factory=lambda: Keys(b"a root secret for tests"))
    test_numbers: dict[str, str] = field(default_factory=dict)
    others: dict[str, FakeProvider] = field(default_factory=dict)
    trust: FakeTrust = field(default_factory=FakeTrust)

    def __post_init__(self) -> None:
        self.ways = {"aws": self.provider, **self.others}
        gate = Gate(self.store.gates, self.keys)
        self.codes = Codes(self.store, self.keys, gate, self.ways, Wording(TEXTS), self.trust, self.test_numbers)
        self.following, self.hearing = Following(self.codes), Hearing(self.store)
        self.closings = Closings(self.store.gates)
        self.reaching = Reaching(self.store.gates)

    def handle(self, verification: Verification) -> str:
        """Name a verification as whoever started it was told."""
        return self.keys.handle("verification", verification.id)

    def sent(self, verification: Verification) -> str:
        """Read the newest code of a verification."""
        body = self.provider.sent[f"{verification.id}_{verification.sends}"].body
        return next(word for word in body.split() if word.isdigit())
