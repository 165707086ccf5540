"""The fake scanner: looks at every kept file as GuardDuty does, tags it with what it found, and says so on the queue."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.attachments.model import KEPT
from chalicelib.aws.files import SCANNED

from .bell import Bell
from .wiring import Complaints

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_LOOK = 0.5  # seconds
# The test file of the European Institute for Computer Antivirus Research, in two halves so that no scanner finds it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
CLEAN, INFECTED = "NO_THREATS_FOUND", "THREATS_FOUND"


class Scanner:
    """Looks whenever something was written; what it has tagged it does not look at again, not even after a kill."""

    def __init__(
        self, client: "S3Client", buckets: tuple[str, ...], send: Callable[[str], None], written: Bell, told: Complaints
    ) -> None:
        self._client = client
        self._buckets = buckets
        self._send = send
        self._written = written
        self._told = told
        self._done: set[tuple[str, str, datetime]] = set()
        self._stopping = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        heard = -1
        while not self._stopping.is_set():
            heard = self._written.wait(heard, _LOOK)
            try:
                self.work_off()
            except (ClientError, BotoCoreError) as trouble:
                if not self._stopping.is_set():
                    self._told.about("the scanner", trouble)
                    self._stopping.wait(_LOOK)

    def stop(self) -> None:
        """Ask to stop."""
        self._stopping.set()
        self._written.ring()

    def work_off(self) -> None:
        """Look at everything that was not looked at yet."""
        for bucket, key, at in self._kept():
            if (bucket, key, at) in self._done:
                continue
            tags = self._client.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
            if not any(tag["Key"] == SCANNED for tag in tags):
                self._scan(bucket, key)
            self._done.add((bucket, key, at))

    def _kept(self) -> Iterator[tuple[str, str, datetime]]:
        for bucket in self._buckets:
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{KEPT}/"):
                yield from ((bucket, each["Key"], each["LastModified"]) for each in page.get("Contents", []))

    def _scan(self, bucket: str, key: str) -> None:
        content = self._client.get_object(Bucket=bucket, Key=key)["Body"].read()
        found = INFECTED if EICAR in content else CLEAN
        self._client.put_object_tagging(Bucket=bucket, Key=key, Tagging={"TagSet": [{"Key": SCANNED, "Value": found}]})
        self._send(json.dumps(result(bucket, key, found)))


def result(bucket: str, key: str, found: str) -> dict[str, Any]:
    """Make the event that GuardDuty sends, as EventBridge hands it to a queue."""
    return {
        "version": "0",
        "detail-type": "GuardDuty Malware Protection Object Scan Result",
        "source": "aws.guardduty",
        "detail": {
            "scanStatus": "COMPLETED",
            "s3ObjectDetails": {"bucketName": bucket, "objectKey": key},
            "scanResultDetails": {"scanResultStatus": found},
        },
    }
