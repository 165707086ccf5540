"""A bucket in memory."""

import hashlib
from dataclasses import dataclass, field

from chalicelib.aws.files import Arrived
from chalicelib.kernel.errors import Unavailable


@dataclass
class Object:
    """One object of a bucket, with what a scanner wrote on it; `checked` says that its checksum was compared."""

    content: bytes
    content_type: str
    checked: bool = True
    result: str = ""


@dataclass
class FakeFiles:
    """A bucket in memory that keeps to its signed links as S3 does; `away` makes it refuse."""

    objects: dict[str, Object] = field(default_factory=dict)
    links: dict[str, tuple[str, str, int, str]] = field(default_factory=dict)
    away: bool = False

    def upload_link(
        self, key: str, content_type: str, size: int, sha256: str, seconds: int
    ) -> tuple[str, dict[str, str]]:
        url = f"https://files.test/{key}"
        self.links[url] = (key, content_type, size, sha256)
        return url, {"Content-Type": content_type, "Content-Length": str(size), "x-amz-checksum-sha256": sha256}

    def put(self, url: str, content: bytes, content_type: str) -> int:
        """Upload to a link, as a client would; give the status."""
        key, wanted, size, sha256 = self.links[url]
        if (content_type, len(content)) != (wanted, size):
            return 403
        if hashlib.sha256(content).hexdigest() != sha256:
            return 400
        self.objects[key] = Object(content, content_type)
        return 200

    def arrived(self, key: str, most: int) -> Arrived | None:
        self._there()
        found = self.objects.get(key)
        if found is None:
            return None
        sha256 = hashlib.sha256(found.content).hexdigest() if found.checked else ""
        return Arrived(len(found.content), sha256, found.content[:most])

    def keep(self, incoming: str, kept: str, content_type: str) -> None:
        self._there()
        self.objects[kept] = Object(self.objects[incoming].content, content_type)

    def delete(self, key: str) -> None:
        self._there()
        self.objects.pop(key, None)

    def download_link(self, key: str, name: str, content_type: str, seconds: int) -> str:
        return f"https://files.test/{key}?name={name}&type={content_type}&seconds={seconds}"

    def result(self, key: str) -> str:
        self._there()
        return self.objects[key].result if key in self.objects else ""

    def _there(self) -> None:
        if self.away:
            raise Unavailable(provider="files")
