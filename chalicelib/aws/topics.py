"""The topic by which AWS tells what became of texts: whether SNS signed a message, and the answer to its first question."""

import base64
import binascii
import re
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.kernel.errors import Unavailable

_TIMEOUT = 5  # seconds
_MOST = 65_536  # bytes of a certificate
_HOST = re.compile(r"sns\.[a-z]{2}(-[a-z]+)+-[0-9]\.amazonaws\.com(\.cn)?")
_CERTIFICATE = re.compile(r"/SimpleNotificationService-[A-Za-z0-9]+\.pem")

Fetch = Callable[[str], bytes]


def fetched(url: str) -> bytes:
    """Fetch what stands at an address of SNS's; raises Unavailable."""
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as answer:  # noqa: S310 - https and SNS's, by `of_sns`
            body: bytes = answer.read(_MOST)
            return body
    except OSError as trouble:
        raise Unavailable(provider="sns") from trouble


def of_sns(url: str) -> urllib.parse.SplitResult | None:
    """Give the parts of an address, if it is one of SNS's own: nothing else is ever asked for."""
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme == "https" and _HOST.fullmatch(parts.netloc) else None


@dataclass(frozen=True)
class Events:
    """One topic, by its ARN; certificates are fetched once by each process."""

    arn: str
    fetch: Fetch = fetched
    _known: dict[str, Any] = field(default_factory=dict)

    def is_ours(self, arn: str) -> bool:
        """Tell whether it is this topic; where none is set up, none is."""
        return bool(self.arn) and arn == self.arn

    def signed(self, what: bytes, signature: str, certificate: str, now: datetime) -> bool:
        """Tell whether SNS signed this, in its second version, SHA-256; raises Unavailable."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric import padding
        from cryptography.hazmat.primitives.hashes import SHA256

        parts = of_sns(certificate)
        if parts is None or not _CERTIFICATE.fullmatch(parts.path) or parts.query or parts.fragment:
            return False
        found = self._certificate(certificate)
        if found is None or not found.not_valid_before_utc <= now <= found.not_valid_after_utc:
            return False
        try:
            given = base64.b64decode(signature, validate=True)
            found.public_key().verify(given, what, padding.PKCS1v15(), SHA256())
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True

    def confirm(self, url: str) -> None:
        """Answer SNS that it may write here; an address that is not its own is not asked. Raises Unavailable."""
        if of_sns(url) is not None:
            self.fetch(url)

    def _certificate(self, url: str) -> Any:
        from cryptography.x509 import load_pem_x509_certificate

        if url not in self._known:
            try:
                found = load_pem_x509_certificate(self.fetch(url))
            except ValueError:
                return None
            self._known.clear()  # one is in use at a time
            self._known[url] = found
        return self._known[url]
