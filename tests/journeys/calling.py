"""The journey of one promised call in steps; each can be done again, as an app does when the line breaks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.journeys.stack import Stack

AGENT = "agent-east"


@dataclass
class Calling:
    """A customer wants to be called now, and an agent calls them; `known` is what their apps remember."""

    stack: Stack
    number: int
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def phone(self) -> str:
        # Not the numbers at hand of which the local signals say something.
        return f"+86138001{48000 + self.number}"

    def begins(self) -> "Calling":
        """Wait for an hour in which somebody is there, whatever time it is where the test runs, and sign both in."""
        self.stack.post("/dev/clock", {"advance": "PT15M"})
        while not self._there():
            now = datetime.fromisoformat(self.stack.get("/dev/clock")["now"])
            morning = (now + timedelta(days=1)).replace(hour=1, minute=30, second=0, microsecond=0)
            self.stack.post("/dev/clock", {"set": f"{morning:%Y-%m-%dT%H:%M:%SZ}"})
        self.known |= {"customer": self.stack.sign_in(self.phone), "agent": self.stack.staff(AGENT)}
        return self

    def _there(self) -> bool:
        hours = self.stack.get("/v1/opening-hours?unit=east")
        now = datetime.fromisoformat(self.stack.get("/dev/clock")["now"])
        soon = now + timedelta(minutes=45)
        return bool(hours["open"]) and any(
            datetime.fromisoformat(block["opens_at"]) <= now and soon < datetime.fromisoformat(block["closes_at"])
            for block in hours["today"]
        )

    def steps(self) -> list[Callable[[], None]]:
        """Give the steps, in order; each is safe to repeat."""
        return [
            self.is_promised_a_call,
            self.is_in_the_line,
            self.is_taken,
            self.is_rung,
            self.is_reached,
            self.settles,
        ]

    def is_promised_a_call(self) -> None:
        """The customer asks."""
        body = {"window": "now", "reason": "My card is blocked."}
        self.known["call"] = self._post("/v1/callbacks", body, "customer", "promise")["id"]

    def is_in_the_line(self) -> None:
        """The job has heard of it, or the sweep has found it."""
        self._wait("ready")

    def is_taken(self) -> None:
        """The agent takes the next one, which is this one."""
        card = self._post("/v1/desk/callbacks/next", {"unit": "east"}, "agent", "next")
        assert card["id"] == self.known["call"], card

    def is_rung(self) -> None:
        """The agent lets it ring."""
        self._post(f"/v1/desk/callbacks/{self.known['call']}/dial", None, "agent", "dial")

    def is_reached(self) -> None:
        """They talk, and the agent says so."""
        body = {"outcome": "reached", "note": "Solved."}
        self._post(f"/v1/desk/callbacks/{self.known['call']}/attempts", body, "agent", "over")

    def settles(self) -> None:
        """It is kept."""
        self._wait("kept")

    def rang(self) -> list[str]:
        """Name the tries that rang at the customer's."""
        items = self.stack.get(f"/dev/calls?to=%2B{self.phone[1:]}")["items"]
        return [str(call["token"]) for call in items]

    def _wait(self, status: str) -> None:
        path = f"/v1/callbacks/{self.known['call']}"

        def there() -> bool:
            if self.stack.get(path, self.known["customer"])["status"] == status:
                return True
            # Whatever was lost with the stack, the sweep finds: no need to wait for its minute in real time.
            self.stack.post("/dev/clock", {"advance": "PT1M"})
            return False

        self.stack.wait(there, f"{self.known['call']} is {status}")

    def _post(self, path: str, body: Any, who: str, key: str) -> Any:
        return self.stack.post(path, body, self.known[who], f"{key}-{self.number}")
