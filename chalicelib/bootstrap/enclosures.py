"""Files that are sent in."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.kernel import clock

from .cases import Cases

if TYPE_CHECKING:
    from chalicelib.attachments.model import Attachment
    from chalicelib.attachments.ports import Files, Heard, Scanner
    from chalicelib.attachments.service import Giving, Judging, Keeping, SendingIn


class Enclosures(Cases):
    """What is sent in for a matter."""

    @cached_property
    def files(self) -> "Files":
        from chalicelib.aws import clients
        from chalicelib.aws.files import S3Files

        return S3Files(clients.files, self._settings.files)

    @cached_property
    def scanner(self) -> "Scanner":
        from chalicelib.aws import clients
        from chalicelib.aws.files import NoScanner, S3Files

        tagging = self._settings.scanner == "guardduty"
        return S3Files(clients.files, self._settings.files) if tagging else NoScanner()

    @cached_property
    def _shelves(self) -> "Keeping":
        from chalicelib.attachments.service import Keeping
        from chalicelib.attachments.store import DynamoShelves

        return Keeping(DynamoShelves(self.tables))

    @property
    def _heard(self) -> "Heard":
        return self.enclosing

    @cached_property
    def sending_in(self) -> "SendingIn":
        from chalicelib.attachments.service import SendingIn

        return SendingIn(self._shelves, self.enclosing, self.files)

    @cached_property
    def giving(self) -> "Giving":
        from chalicelib.attachments.service import Giving

        return Giving(self._shelves, self.enclosing, self.enclosing, self.files)

    @cached_property
    def judging(self) -> "Judging":
        from chalicelib.attachments.service import Judging

        return Judging(self._shelves, self.enclosing, self._heard, self.sending_in, self.files, self.scanner)

    def upload_link(self, file: "Attachment") -> dict[str, Any]:
        """Say where and how an awaited file is uploaded."""
        url, headers = self.sending_in.link(file, clock.now())
        return {"method": "PUT", "url": url, "headers": headers, "expires_at": clock.text(file.until)}

    def made_again(self, purpose: str, id_: str) -> Any:
        """Make a token again, or the link to upload a file: that is no more kept in an answer than a token is."""
        if purpose != "upload":
            return super().made_again(purpose, id_)
        ticket, _, file = id_.partition("/")
        return self.upload_link(self._shelves.file(ticket, file))
