"""S3: links for what customers and staff send in and read, and looking at what arrived."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kernel.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")

# Where GuardDuty Malware Protection for S3 says what it found; any other scanner may say it there too.
SCANNED = "GuardDutyMalwareScanStatus"
_ABSENT = frozenset({"404", "NoSuchKey", "NotFound", "MethodNotAllowed", "405"})


@dataclass(frozen=True)
class Arrived:
    """What lies at a place; `sha256` in hex, as S3 itself checked it, empty if it was not asked to."""

    size: int
    sha256: str
    first: bytes


@dataclass(frozen=True)
class S3Files:
    """The objects of one bucket."""

    client: Callable[[], "S3Client"]
    bucket: str

    def upload_link(
        self, key: str, content_type: str, size: int, sha256: str, seconds: int
    ) -> tuple[str, dict[str, str]]:
        """Sign a PUT; length, type and checksum are part of what is signed, and S3 compares the checksum with what comes."""
        checksum = base64.b64encode(bytes.fromhex(sha256)).decode()
        url = self.client().generate_presigned_url(
            "put_object",
            Params={
                "Bucket": self.bucket,
                "Key": key,
                "ContentType": content_type,
                "ContentLength": size,
                "ChecksumSHA256": checksum,
            },
            ExpiresIn=seconds,
        )
        headers = {"Content-Type": content_type, "Content-Length": str(size), "x-amz-checksum-sha256": checksum}
        return url, headers

    def arrived(self, key: str, most: int) -> Arrived | None:
        """Read head and first bytes of an object; None if there is none."""
        try:
            head = self._ask(lambda: self.client().head_object(Bucket=self.bucket, Key=key, ChecksumMode="ENABLED"))
            size = head["ContentLength"]
            first = self._ask(lambda: self._first(key, most)) if size else b""
        except ClientError as absent:
            if absent.response["Error"]["Code"] not in _ABSENT:
                raise
            return None
        return Arrived(size, base64.b64decode(head.get("ChecksumSHA256", "")).hex(), first)

    def keep(self, incoming: str, kept: str, content_type: str) -> None:
        """Copy an object, with a checksum and without whatever else was said about it."""
        self._ask(
            lambda: self.client().copy_object(
                Bucket=self.bucket,
                Key=kept,
                CopySource={"Bucket": self.bucket, "Key": incoming},
                ContentType=content_type,
                MetadataDirective="REPLACE",
                TaggingDirective="REPLACE",
                ChecksumAlgorithm="SHA256",
            )
        )

    def delete(self, key: str) -> None:
        """Delete an object: nobody can read it from now on, and the bucket's lifecycle ends its older version."""
        self._ask(lambda: self.client().delete_object(Bucket=self.bucket, Key=key))

    def download_link(self, key: str, name: str, content_type: str, seconds: int) -> str:
        """Sign a GET that answers with a file to save, of the type it was recognised as."""
        plain = "".join(letter if letter.isascii() and letter not in '"\\%' else "_" for letter in name)
        disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
        return self.client().generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self.bucket,
                "Key": key,
                "ResponseContentDisposition": disposition,
                "ResponseContentType": content_type,
                "ResponseCacheControl": "no-store",
            },
            ExpiresIn=seconds,
        )

    def result(self, key: str) -> str:
        """Give what the scanner wrote on an object, empty if nothing yet."""
        try:
            tags = self._ask(lambda: self.client().get_object_tagging(Bucket=self.bucket, Key=key))["TagSet"]
        except ClientError as absent:
            if absent.response["Error"]["Code"] not in _ABSENT:
                raise
            return ""
        return next((tag["Value"] for tag in tags if tag["Key"] == SCANNED), "")

    def _first(self, key: str, most: int) -> bytes:
        answer = self.client().get_object(Bucket=self.bucket, Key=key, Range=f"bytes=0-{most - 1}")
        return answer["Body"].read()

    def _ask(self, ask: Callable[[], T]) -> T:
        """Ask S3; what boto3's own tries did not bring is Unavailable."""
        try:
            return ask()
        except ClientError as refused:
            if refused.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:
                raise Unavailable(provider="files") from refused
            raise
        except BotoCoreError as trouble:
            raise Unavailable(provider="files") from trouble


class NoScanner:
    """Where the institution has none, its people look."""

    def result(self, key: str) -> str:  # noqa: ARG002 - the port's
        """Say that nothing will be said."""
        return "NOBODY_SCANS"
