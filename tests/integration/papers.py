"""Documents of a visit, for the tests that walk through every route: brought where a step is the next."""

from dataclasses import dataclass
from typing import Any

from tests.integration.enclosed import PDF, announced
from tests.integration.matters import done
from tests.world import World

DOCUMENT = "id-document"
FOUND = {"verdict": "missing", "reason": "needed"}
MARKED = {"verdict": "clean", "reason": "Looked at with engine 7.1."}


def of_papers(path: str) -> bool:
    """Tell whether a route is about the documents of a visit."""
    return "/checklist" in path or path.rpartition("/files")[1] != ""


@dataclass
class Papers:
    """One visit, as whoever holds its link prepares it."""

    world: World
    appointment: dict[str, Any]

    @property
    def link(self) -> str:
        return str(self.appointment["manage_url"].rpartition("/")[2])

    def ready(self, path: str, *, other: bool) -> tuple[str, Any]:
        """Bring the visit where a route's step is the next; give the path, and what is sent: another thing for another."""
        names = {"appointment": self.appointment["id"], "token": self.link, "document": DOCUMENT, "attachment": ""}
        if "{attachment}" in path:
            names["attachment"] = self.uploads() if path.endswith("/uploaded") else self.stores()
            if path.endswith("{attachment}"):
                self.scanned(names["attachment"])
        return path.format(**names), self._body(path, other)

    def _body(self, path: str, other: bool) -> Any:
        if path.endswith("/files"):
            return announced(document=DOCUMENT, name="another.pdf" if other else "card.pdf")
        if path.endswith("/mark"):
            return MARKED | {"reason": "By hand."} if other else MARKED
        if path.startswith("/v1/desk") and path.endswith("{document}"):
            return FOUND | {"reason": "incomplete"} if other else FOUND
        return {"brings": not other} if path.endswith("{document}") else None

    def uploads(self, document: str = DOCUMENT) -> str:
        """Announce a document by the link and upload it; give the file's id."""
        path = f"/v1/visits/{self.link}/files"
        file = done(self.world.ask("POST", path, announced(document=document)))
        assert self.world.files.put(file["upload"]["url"], PDF, file["content_type"]) == 200
        return str(file["id"])

    def stores(self, document: str = DOCUMENT) -> str:
        """Upload a document and say so."""
        id_ = self.uploads(document)
        done(self.world.ask("POST", f"/v1/visits/{self.link}/files/{id_}/uploaded"))
        return id_

    def scanned(self, id_: str, result: str = "NO_THREATS_FOUND") -> None:
        """Let the scanner look at a document, and say so."""
        key = f"kept/{self.appointment['id']}/{id_}"
        self.world.files.objects[key].result = result
        hint = {"detail-type": "GuardDuty ...", "detail": {"s3ObjectDetails": {"bucketName": "b", "objectKey": key}}}
        assert not self.world.work("attachments", hint)

    def standings(self) -> dict[str, str]:
        """Tell how far each document is."""
        shown = done(self.world.ask("GET", f"/v1/visits/{self.link}/checklist"))
        return {item["id"]: item["standing"] for item in shown["items"]}
