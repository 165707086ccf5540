"""Checks of faces for the tests that walk through every route: brought where a step is the next."""

from dataclasses import dataclass
from typing import Any

from tests.integration.visits import done
from tests.world import World

AGREED = {"version": 1, "language": "en", "agreed": True}
CHECK = {"purpose": "step_up"}
DECISION = {"outcome": "refused", "how": "call", "reason": "r"}
CHECKS = "/v1/faces/checks"


@dataclass
class Mirror:
    """Agrees, begins, shows a face; nobody is ever left under review."""

    world: World

    def __post_init__(self) -> None:
        self.world.offer_faces()

    def agreed(self, token: str) -> None:
        """Agree to the terms."""
        done(self.world.ask("POST", "/v1/faces/consent", AGREED, token))

    def started(self, token: str) -> str:
        """Begin a check, of somebody who waits for nobody; give its id."""
        self._nobody_waits()
        self.agreed(token)
        return str(done(self.world.ask("POST", CHECKS, CHECK, token))["id"])

    def looked(self, token: str, liveness: int, similarity: int) -> dict[str, Any]:
        """Show a face and ask for the result."""
        check = self.started(token)
        self.world.faces.shows(check, liveness, similarity)
        return dict(done(self.world.ask("POST", f"{CHECKS}/{check}/result", None, token)))

    def waiting(self, token: str) -> str:
        """Let a check wait for a person; give the path under which it is decided."""
        me = done(self.world.ask("GET", "/v1/me", token=token))["id"]
        return f"/v1/desk/faces/{me}/checks/{self.looked(token, 8000, 9000)['id']}/decide"

    def ready(self, route: str, token: str, customer: str) -> tuple[str, Any]:
        """Bring what a route is about where it is the next; give the path, and what is sent."""
        method, path = route.split()
        whose = customer if path.startswith("/v1/desk") else token
        if path.endswith("/decide"):
            return self.waiting(whose), DECISION
        if path.endswith("/result"):
            return f"{CHECKS}/{self._shown(whose)}/result", None
        if method == "POST" and path.endswith("/consent"):
            self.world.ask("DELETE", path, token=whose)  # who agrees twice changes nothing
        if method == "DELETE" or path == CHECKS:
            self._nobody_waits()
            self.agreed(whose)
        bodies = {"/v1/faces/consent": AGREED, CHECKS: CHECK, "/v1/faces/instead": CHECK | {"way": "code"}}
        return path, bodies.get(path) if method == "POST" else None

    def _shown(self, token: str) -> str:
        check = self.started(token)
        self.world.faces.shows(check, 9900, 9900)
        return check

    def _nobody_waits(self) -> None:
        compliance = self.world.staff("compliance-hq")
        for line in done(self.world.ask("GET", "/v1/desk/faces/reviews", token=compliance))["items"]:
            path = f"/v1/desk/faces/{line['customer']}/checks/{line['check']}/decide"
            done(self.world.ask("POST", path, DECISION | {"outcome": "refused"}, compliance))


def of_faces(path: str) -> bool:
    """Tell whether a route is about faces."""
    return path.startswith(("/v1/faces", "/v1/desk/faces"))
