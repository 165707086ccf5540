"""The fake Rekognition: it plays what is in front of the camera, and the real adapter runs unchanged."""

import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .dev import Asked, Refused

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SERVICE = "RekognitionService."
Answer = tuple[str, dict[str, Any]]
_OK, _BAD = "200 OK", "400 Bad Request"


@dataclass(frozen=True)
class Shown:
    """What somebody showed: how alive, and how alike to the reference, in percent."""

    liveness: float
    similarity: float


class Looker:
    """Sessions by their ids, ours and Rekognition's, gone when this process ends; references lie in a bucket like real ones."""

    def __init__(self) -> None:
        self._ours: dict[str, str] = {}
        self._shown: dict[str, Shown | None] = {}

    def answer(self, operation: str, body: Mapping[str, Any]) -> Answer:
        """Answer one of the three requests that are played here."""
        played = {
            "CreateFaceLivenessSession": self._create,
            "GetFaceLivenessSessionResults": self._result,
            "CompareFaces": self._compare,
        }
        if operation not in played:
            return _BAD, {"__type": "UnknownOperationException", "message": "not played here"}
        return played[operation](body)

    def show(self, session: str, shown: Shown) -> bool:
        """Let somebody show their face; tell whether there is such a session."""
        if session not in self._shown:
            return False
        self._shown[session] = shown
        return True

    def _create(self, body: Mapping[str, Any]) -> Answer:
        session = self._ours.setdefault(body.get("ClientRequestToken") or str(uuid.uuid4()), str(uuid.uuid4()))
        self._shown.setdefault(session, None)
        return _OK, {"SessionId": session}

    def _result(self, body: Mapping[str, Any]) -> Answer:
        session = str(body["SessionId"])
        if session not in self._shown:
            return _BAD, {"__type": "SessionNotFoundException", "message": "no such session"}
        shown = self._shown[session]
        if shown is None:
            return _OK, {"SessionId": session, "Status": "CREATED"}
        image = base64.b64encode(session.encode()).decode()
        told = {"SessionId": session, "Status": "SUCCEEDED", "Confidence": shown.liveness}
        return _OK, {**told, "ReferenceImage": {"Bytes": image}}

    def _compare(self, body: Mapping[str, Any]) -> Answer:
        session = base64.b64decode(body["SourceImage"]["Bytes"]).decode("utf-8", "replace")
        shown = self._shown.get(session)
        return _OK, {"FaceMatches": [{"Similarity": shown.similarity if shown else 0.0}], "UnmatchedFaces": []}


class FaceEndpoints:
    """The developers' way to be somebody in front of the camera."""

    def __init__(self, looker: Looker, files: "S3Client", bucket: str) -> None:
        self._looker = looker
        self._files = files
        self._bucket = bucket

    def reference(self, asked: Asked) -> Any:
        """Let the institution have a photo of a customer."""
        customer = asked.body.get("customer")
        if not isinstance(customer, str) or not customer or set(asked.body) != {"customer"}:
            raise Refused(422, "invalid", 'a customer, and nothing else: {"customer": "cus_..."}')
        self._files.put_object(Bucket=self._bucket, Key=customer, Body=b"a photo")
        return {"customer": customer}

    def show(self, asked: Asked) -> Any:
        """Show a face to a session."""
        scores: dict[str, Any] = {name: asked.body.get(name) for name in ("liveness", "similarity")}
        good = all(type(score) in (int, float) and 0 <= score <= 100 for score in scores.values())
        if not good or set(asked.body) != set(scores):
            raise Refused(422, "invalid", "liveness and similarity are percentages")
        if not self._looker.show(asked.path["session"], Shown(**scores)):
            raise Refused(404, "not_found", "no session with this id was opened since the start")
        return scores
