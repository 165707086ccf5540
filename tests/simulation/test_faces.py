"""R3: a customer's face by chance: they agree, take it back, start, show, ask, wait; people decide or do not; time passes.

While one step is about to be written, another one slips in between its reading and its writing. After each step everything
that is promised is looked at once more. `RELIABILITY=full` runs 2,000 seeds.
"""

import os
import random
from contextlib import suppress
from typing import Any

import pytest

from chalicelib.kernel.errors import Refusal
from chalicelib.verification.faces import policy
from chalicelib.verification.faces.model import BUSY, Check, Purpose, Status, Way, Why, grant_id
from tests.face_world import LI, OFFICER, SYSTEM, Booth

SEEDS = 2000 if os.environ.get("RELIABILITY") == "full" else 60
STEPS = 100
SCORES = (9900, 9900, 9300, 9300, 100)
IMPOSTOR = (9900, *[100] * 9)


class Mirror(Booth):
    """One customer, one officer, a provider that is sometimes away, and a chance that somebody else is quicker."""

    def begin(self, seed: int) -> "Mirror":
        self.dice, self.nested = random.Random(seed), False
        self.scores = IMPOSTOR if seed % 4 == 0 else SCORES
        save = self.store.save

        def contended(*args: Any, **named: Any) -> None:
            if not self.nested and self.dice.random() < 0.2:
                self.nested = True
                self.step()
                self.nested = False
            save(*args, **named)

        self.store.save = contended  # type: ignore[method-assign]
        return self

    def step(self) -> None:
        """Do something by chance; a refusal is an answer like any other."""
        acts = [self._agree, self._withdraw, self._instead, self._start, self._show, self._ask, self._decide]
        with suppress(Refusal):
            self.dice.choices(
                [*acts, self._due, self._wait, self._away, self._all], [4, 0.3, 1, 3, 4, 4, 2, 2, 3, 0.5, 6]
            )[0]()

    def _agree(self) -> None:
        self.consents.agree(1, "en", self.call())

    def _withdraw(self) -> None:
        self.consents.withdraw(self.call())

    def _instead(self) -> None:
        self.consents.instead(Purpose.STEP_UP, self.dice.choice(list(Way)), self.call())

    def _start(self) -> None:
        self.checks.start(self.dice.choice(list(Purpose)), self.call())

    def _show(self) -> None:
        if self.provider.sessions:
            check = list(self.provider.sessions)[-1]
            image = b"recorded" if self.dice.random() < 0.1 else check.encode()
            self.provider.shows(check, self.dice.choice(self.scores), self.dice.choice([*self.scores, None]), image)

    def _ask(self) -> None:
        if self.provider.sessions:
            newest = list(self.provider.sessions)[-3:]
            self.checks.result(self.dice.choice(newest), self.call())

    def _all(self) -> None:
        """Start, show a face and ask, as most do."""
        self._start()
        self._show()
        self._ask()

    def _decide(self) -> None:
        for line in self.store.waiting(10, None).items:
            check = self.store.standing(LI.id, line.check).check
            if check:
                self.decided(check, confirmed=self.dice.random() < 0.5, actor=OFFICER)

    def _due(self) -> None:
        for check in self.store.checks(LI.id):
            self.reviews.due(LI.id, check.id, self.call(SYSTEM))
        self.consents.sweep(f"face_{LI.id}", self.call(SYSTEM))

    def _wait(self) -> None:
        self.later(minutes=self.dice.choice([1, 1, 2, 4, 11, 300, 2000, 50_000]))

    def _away(self) -> None:
        self.provider.away = self.dice.random() < 0.3

    # --- what is promised --------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Hold everything against what was promised."""
        standing = self.store.standing(LI.id)
        kept = list(self.store.checks(LI.id))
        busy = [check for check in kept if check.status in BUSY]
        assert len(busy) <= 1
        if standing.face is None:
            assert kept == []
            return
        assert standing.face.busy == (busy[0].id if busy else "")
        assert 0 <= standing.face.failures < policy.FAILURES
        consent = standing.face.consent
        assert not kept or (consent is not None and consent.withdrawn_at is None)
        lines = [one.check for one in self.store.waiting(10, None).items]
        assert lines == [check.id for check in kept if check.status is Status.REVIEW]
        self._look_at_grants(kept)
        self._look_at_records()

    def _look_at_grants(self, kept: list[Check]) -> None:
        for check in kept:
            found = self.checks.grant(self.keys.token(f"grant:{check.purpose}", grant_id(check)), check.purpose)
            assert (found is not None) == (check.status is Status.PASSED)
            if found is not None:
                assert check.why is Why.SCORES
                wanted = standing_bar(self, check)
                sure = (check.liveness or 0) >= wanted.liveness and (check.similarity or 0) >= wanted.similarity
                assert sure or check.decided_by == OFFICER.id

    def _look_at_records(self) -> None:
        """Count the failures once more, from what is written: five in a row are always a closing."""
        row = 0
        for record in self.tables.chains[f"face_{LI.id}"]:
            match record.event, record.body:
                case ("face.checked", {"result": "step_up", "why": why}) if why != "no_reference":
                    row += 1
                case ("face.decided", {"outcome": "refused"}):
                    row += 1
                case ("face.checked", {"result": "passed"}) | ("face.decided", {"outcome": "confirmed"}):
                    row = 0
                case ("face.closed", _):
                    assert row == policy.FAILURES
                    row = 0
            assert row <= policy.FAILURES
        assert row == self.face().failures


def standing_bar(mirror: Mirror, check: Check) -> Any:
    return mirror.store.offer().bars[check.risk]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_happens_everything_that_is_promised_holds(seed: int) -> None:
    mirror = Mirror().begin(seed)
    mirror.agreed()
    for _ in range(STEPS):
        mirror.step()
        mirror.look()


def test_chance_reaches_every_end() -> None:
    seen: set[str] = set()
    for seed in range(24):
        mirror = Mirror().begin(seed)
        mirror.agreed()
        for _ in range(STEPS):
            mirror.step()
        seen |= {record.event for record in mirror.tables.chains[f"face_{LI.id}"]}

    assert {"face.withdrawn", "face.closed", "face.granted", "face.decided", "face.ended", "face.deleted"} <= seen
