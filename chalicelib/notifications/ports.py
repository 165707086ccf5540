"""What notifications need from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Record

from .model import Receipt, Said, Status, Text


class Reached(Protocol):
    """Somebody, and where; `way` is sms or mail."""

    @property
    def ref(self) -> str: ...
    @property
    def way(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def language(self) -> str: ...


class Contacts(Protocol):
    """Asks identity whom to write to."""

    def contacts(self, to: str, unit: str, owner: str, customer: str) -> Sequence[Reached]: ...


class Bar(Protocol):
    """Why somebody is not to be written to now; `until` is None for not at all."""

    @property
    def why(self) -> str: ...
    @property
    def until(self) -> datetime | None: ...


class Budget(Protocol):
    """Asks whoever keeps the book of contacts whether a customer may be written to."""

    def leave(self, template: str, to: tuple[str, str, str], word: str, call: Call) -> Bar | None:
        """Give what stands against it, or None; then it counts as written.

        `to` is the customer, the unit and the number, `word` names what they are told: the same word counts once.
        """


class Texts(Protocol):
    """The store of texts and receipts."""

    def text(self, id_: str) -> Text | None: ...

    def receipt(self, id_: str) -> Receipt | None: ...

    def add(self, thing: Text | Receipt, records: Sequence[Record]) -> None:
        """Store a new one; raises Changed if it is there."""

    def save(self, things: Sequence[Text | Receipt], records: Sequence[Record]) -> None:
        """Store new versions, all or none; raises Changed if one of them is not as it was read."""


class Tally(Protocol):
    """Counts texts by what became of them; a figure for people, to which a crash may owe one."""

    def count(self, what: str, at: datetime) -> None:
        """Add one to `sent`, `delivered` or `failed`."""


class SmsProvider(Protocol):
    """Sends an SMS; raises Unavailable if it is not taken."""

    def text(self, id_: str, to: str, body: str, template: str) -> str: ...


class Orders(Protocol):
    """Asks whoever knows it in which order providers are tried for a number; by the names of their ways."""

    def order(self, phone: str) -> Sequence[str]: ...


class Scheme(Protocol):
    """How one provider signs its receipts and what it says in them."""

    def read(self, said: Said, call: Call) -> Receipt | None:
        """Give the receipt, or None for what is no news; raises SignatureInvalid, ReceiptMalformed."""


class Topic(Protocol):
    """The topic by which AWS tells what became of texts."""

    def is_ours(self, arn: str) -> bool: ...

    def signed(self, what: bytes, signature: str, certificate: str, now: datetime) -> bool:
        """Tell whether SNS signed this; the certificate is fetched from SNS alone. Raises Unavailable."""

    def confirm(self, url: str) -> None:
        """Answer SNS that it may write here; raises Unavailable."""


class Heard(Protocol):
    """Tells whoever else sends texts what became of one of theirs."""

    def heard(self, text: str, status: Status, call: Call) -> str:
        """Give what it changed; empty if the text is not theirs."""


class MailProvider(Protocol):
    """Sends a mail; raises Unavailable if it is not taken."""

    def mail(self, id_: str, to: str, subject: str, body: str, template: str) -> str: ...


class Wording(Protocol):
    """Words a template in a language: subject (mail) and body."""

    def words(self, template: str, language: str, facts: dict[str, str]) -> str: ...

    def subject(self, template: str, language: str, facts: dict[str, str]) -> str: ...


class Owed(Protocol):
    """Asks whoever owes word of something whether it is still owed."""

    def owes(self, id_: str, key: str) -> bool: ...


class Mailboxes(Protocol):
    """Asks whoever owes word of something for a mail address that was left for it; empty if none was."""

    def mailbox(self, id_: str) -> str: ...


class Links(Protocol):
    """Makes the link at which a customer sees, without signing in, what a word is about."""

    def link(self, about: str, facts: Mapping[str, str]) -> str: ...
