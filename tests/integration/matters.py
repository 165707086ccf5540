"""Words for what people do with matters, for the tests of each topic."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel.clock import moment
from tests.fakes import Sent
from tests.world import LI, Answer, World

UPHELD = {"outcome": "upheld", "findings": "The fee was booked twice.", "reasons": "Our system repeated it."}
REJECTED = {"outcome": "rejected", "findings": "The fee was booked once.", "reasons": "It is in the list of fees."}
# Shorter than any session lasts while nobody calls.
SESSION = timedelta(minutes=10)
LETTER = {"channel": "letter", "proof": "RM123456785GB"}


@dataclass
class Desk:
    """The people of the institution, signed in anew when their session has run out; every step gives its answer."""

    world: World

    def __post_init__(self) -> None:
        self._sessions: dict[str, tuple[datetime, str]] = {}

    def token(self, who: str) -> str:
        """Give a session of a member of staff, or of the customer with that number."""
        since, token = self._sessions.get(who, (self.world.now - SESSION, ""))
        if self.world.now - since >= SESSION:
            token = self.world.sign_in(who) if who.startswith("+") else self.world.staff(who)
            self._sessions[who] = self.world.now, token
        return token

    def own(self, ticket: str, step: str, body: Any = None, kind: str = "complaints", by: str = LI) -> Answer:
        """Do something with one's own matter, as a customer."""
        return self.world.ask("POST", f"/v1/{kind}/{ticket}/{step}", body, self.token(by))

    def write(self, ticket: str, body: str, by: str = LI) -> Answer:
        """Say something as a customer."""
        return self.own(ticket, "messages", {"body": body}, "tickets", by)

    def ticket(self, ticket: str, step: str, body: Any = None, by: str = "lead-east", **headers: str) -> Answer:
        """Take a step with a ticket of any kind."""
        return self.world.ask("POST", f"/v1/desk/tickets/{ticket}/{step}", body, self.token(by), **headers)

    def case(self, ticket: str, step: str, body: Any = None, by: str = "lead-east") -> Answer:
        """Take a step with a complaint."""
        return self.world.ask("POST", f"/v1/desk/complaints/{ticket}/{step}", body, self.token(by))

    def show(self, ticket: str, by: str = "lead-east") -> Any:
        return self.world.ask("GET", f"/v1/tickets/{ticket}", token=self.token(by)).body

    def complaint(self, ticket: str, by: str = "lead-east") -> Any:
        return self.world.ask("GET", f"/v1/complaints/{ticket}", token=self.token(by)).body

    def say(self, ticket: str, body: str, by: str = "lead-east", visibility: str = "public") -> Answer:
        message = {"body": body, "visibility": visibility}
        return self.world.ask("POST", f"/v1/tickets/{ticket}/messages", message, self.token(by))

    def delivered(self, ticket: str, **decision: Any) -> str:
        """Decide for the customer and bring it to them by letter; give the id."""
        done(self.case(ticket, "decide", UPHELD | decision))
        done(self.case(ticket, "deliver", LETTER))
        return ticket

    def heard(self, ticket: str, template: str) -> list[Sent]:
        """List what was written to anybody about a ticket by one template, oldest first."""
        number = self.show(ticket, "auditor-hq")["number"]
        sent = self.world.provider.sent.values()
        return [one for one in sent if one.template.startswith(template) and number in one.body + one.subject]

    def until(self, at: str, ticket: str, **less: float) -> None:
        """Go on to an instant, or to some time before it, and do what is due for that ticket."""
        self.world.now = moment(at) - timedelta(**less)
        assert not self.world.work("escalations", {"due": ticket})
        self.world.drain()

    def clocks(self, ticket: str) -> dict[str, Any]:
        return clocks(self.show(ticket))


def done(answer: Answer) -> Any:
    """Give the body of what succeeded."""
    assert answer.status < 300, answer.text
    return answer.body


def refused(answer: Answer) -> tuple[int, str]:
    """Give status and code of what did not."""
    return answer.status, answer.code


def clocks(shown: dict[str, Any]) -> dict[str, Any]:
    return {clock["id"]: clock for clock in shown["clocks"]}


def states(shown: dict[str, Any]) -> dict[str, str]:
    return {clock["id"]: clock["state"] for clock in shown["clocks"]}


def enquire(world: World, token: str, **what_matters: Any) -> Any:
    """Ask something as a customer; give the answer's body."""
    body = {"kind": "enquiry", "subject": "Opening hours", "body": "Open on Saturday?", **what_matters}
    return done(world.ask("POST", "/v1/tickets", body, token))


def told(world: World, ticket: str, event: str) -> list[Any]:
    """Give the bodies of the records of an event."""
    return [json.loads(record["body"]) for record in world.records(ticket) if record["event"] == event]
