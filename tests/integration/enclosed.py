"""Somebody who sends files in, for the tests of each topic."""

import hashlib
from dataclasses import dataclass
from typing import Any

from tests.integration.matters import Desk, done
from tests.world import Answer, World

PDF = b"%PDF-1.7 a receipt"


def announced(content: bytes = PDF, **what_matters: Any) -> dict[str, Any]:
    sha256 = hashlib.sha256(content).hexdigest()
    kind = {"name": "receipt.pdf", "content_type": "application/pdf"}
    return {**kind, "size": len(content), "sha256": sha256, **what_matters}


@dataclass
class Sender:
    """Somebody who sends files in for a ticket."""

    world: World
    ticket: str
    token: str

    @property
    def path(self) -> str:
        return f"/v1/tickets/{self.ticket}/attachments"

    def ask(self, content: bytes = PDF, **what_matters: Any) -> Answer:
        return self.world.ask("POST", self.path, announced(content, **what_matters), self.token)

    def uploads(self, content: bytes = PDF, **what_matters: Any) -> str:
        """Announce and upload; give the id."""
        file = done(self.ask(content, **what_matters))
        assert self.world.files.put(file["upload"]["url"], content, file["content_type"]) == 200
        return str(file["id"])

    def confirms(self, id_: str, **headers: str) -> Answer:
        return self.world.ask("POST", f"{self.path}/{id_}/uploaded", None, self.token, **headers)

    def stores(self, content: bytes = PDF, **what_matters: Any) -> str:
        id_ = self.uploads(content, **what_matters)
        assert done(self.confirms(id_))["status"] == "quarantined"
        return id_

    def reads(self, id_: str) -> Answer:
        return self.world.ask("GET", f"{self.path}/{id_}", token=self.token)

    def lists(self) -> dict[str, str]:
        """Give the state of each file that is shown, by id."""
        items = done(self.world.ask("GET", self.path, token=self.token))["items"]
        return {item["id"]: item["status"] for item in items}

    def scanned(self, id_: str, result: str = "NO_THREATS_FOUND") -> None:
        """Let the scanner look, and say so as GuardDuty does."""
        key = f"kept/{self.ticket}/{id_}"
        self.world.files.objects[key].result = result
        hint = {"detail-type": "GuardDuty ...", "detail": {"s3ObjectDetails": {"bucketName": "b", "objectKey": key}}}
        assert not self.world.work("attachments", hint)
        self.world.drain()


def mark(world: World, desk: Desk, sender: Sender, id_: str, verdict: str, by: str = "lead-east") -> Answer:
    body = {"verdict": verdict, "reason": "Looked at with engine 7.1."}
    return world.ask("POST", f"/v1/desk{sender.path[3:]}/{id_}/mark", body, desk.token(by))


def shelf(world: World, ticket: str) -> list[str]:
    return world.events(f"shelf_{ticket.partition('_')[2]}")
