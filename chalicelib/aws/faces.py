"""Rekognition: telling the living from pictures, and comparing a face with the reference that the institution keeps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kernel.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")

_OVER, _EXPIRED = frozenset({"SUCCEEDED", "FAILED"}), "EXPIRED"
_GONE = "SessionNotFoundException"
# There is no reference, or none that shows a face.
_INCOMPARABLE = frozenset(
    {
        "InvalidS3ObjectException",
        "InvalidParameterException",
        "InvalidImageFormatException",
        "ImageTooLargeException",
    }
)
_ABSENT = frozenset({"404", "403", "NoSuchKey", "NotFound"})  # without the right to list, S3 calls absent forbidden


@dataclass(frozen=True)
class Seen:
    """What became of a session; the image is never shown, not even in a traceback."""

    over: bool
    expired: bool = False
    liveness: int = 0
    image: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Rekognition:
    """Face Liveness and CompareFaces. Rekognition reads the references itself."""

    client: Callable[[], "RekognitionClient"]
    references: "References"

    def begin(self, id_: str) -> str:
        """Open a session; without a bucket for its output, and with no audit images, Rekognition stores none for us."""
        answer = asked(
            lambda: self.client().create_face_liveness_session(ClientRequestToken=id_, Settings={"AuditImagesLimit": 0})
        )
        return answer["SessionId"]

    def seen(self, session: str) -> Seen:
        """Tell what became of a session; one that Rekognition knows no longer has expired."""
        try:
            answer = asked(lambda: self.client().get_face_liveness_session_results(SessionId=session))
        except ClientError as unknown:
            if unknown.response["Error"]["Code"] != _GONE:
                raise
            return Seen(over=True, expired=True)
        status = answer["Status"]
        if status == _EXPIRED or status not in _OVER:
            return Seen(over=status == _EXPIRED, expired=status == _EXPIRED)
        image: dict[str, Any] = dict(answer.get("ReferenceImage") or {})
        live = answer.get("Confidence", 0.0) if status == "SUCCEEDED" else 0.0
        return Seen(over=True, liveness=_hundredths(live), image=bytes(image.get("Bytes") or b""))

    def has_reference(self, customer: str) -> bool:
        """Tell whether the institution has a photo of a customer."""
        return self.references.there(customer)

    def similarity(self, image: bytes, customer: str) -> int | None:
        """Compare with the customer's object, which Rekognition reads itself.

        A reference that shows more than one face is none: nobody knows whose it is.
        """
        if not image:
            return None
        reference = {"S3Object": {"Bucket": self.references.bucket, "Name": customer}}
        ask: dict[str, Any] = {"SourceImage": {"Bytes": image}, "TargetImage": reference, "SimilarityThreshold": 0.0}
        try:
            answer = asked(lambda: self.client().compare_faces(**ask, QualityFilter="AUTO"))
        except ClientError as refused:
            if refused.response["Error"]["Code"] not in _INCOMPARABLE:
                raise
            return None
        faces = [*answer.get("FaceMatches", ()), *answer.get("UnmatchedFaces", ())]
        if len(faces) != 1:
            return None
        return _hundredths(faces[0].get("Similarity", 0.0))  # type: ignore[arg-type]


@dataclass(frozen=True)
class References:
    """Photos in a bucket of the institution's own, each under its customer's id."""

    files: Callable[[], "S3Client"]
    bucket: str

    def there(self, customer: str) -> bool:
        """Ask for the head of the customer's object; nothing of it is read here."""
        return self._found(lambda: self.files().head_object(Bucket=self.bucket, Key=customer)) is not None

    def photo(self, customer: str) -> bytes | None:
        """Read a photo, for a comparison in this process; None if there is none."""
        found = self._found(lambda: self.files().get_object(Bucket=self.bucket, Key=customer)["Body"].read())
        return None if found is None else bytes(found)

    def _found(self, ask: Callable[[], T]) -> T | None:
        try:
            return asked(ask)
        except ClientError as absent:
            if absent.response["Error"]["Code"] not in _ABSENT:
                raise
            return None


def asked(ask: Callable[[], T]) -> T:
    """Ask AWS; what cannot be had is Unavailable, and so is what we may not have: neither opens anything."""
    try:
        return ask()
    except ClientError as refused:
        code = refused.response["Error"]["Code"]
        if code in _INCOMPARABLE or code in _ABSENT or code == _GONE:
            raise
        raise Unavailable(provider="faces") from refused
    except BotoCoreError as trouble:
        raise Unavailable(provider="faces") from trouble


def _hundredths(percent: float) -> int:
    """Write a percentage in whole hundredths, rounded down: what is nearly enough is not enough."""
    return int(percent * 100)
