"""What the fake providers took: kept on the disk, one message for each of our ids."""

import sqlite3
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from chalicelib.kernel import clock

Kind = Literal["sms", "mail", "call"]

_TABLES = """
CREATE TABLE IF NOT EXISTS sent (
    kind TEXT, ours TEXT, id TEXT UNIQUE, recipient TEXT, subject TEXT, text TEXT, template TEXT, at TEXT, status TEXT,
    PRIMARY KEY (kind, ours)
);
CREATE TABLE IF NOT EXISTS receipts (
    number INTEGER PRIMARY KEY, id TEXT, status TEXT, due TEXT, tries INTEGER DEFAULT 0
);
"""
_FIELDS = "id, ours, recipient, subject, text, template, at, status"


@dataclass(frozen=True)
class Sent:
    """A message as the provider knows it; `ours` is the id we gave it."""

    id: str
    ours: str
    recipient: str
    subject: str
    text: str
    template: str
    at: str
    status: str


@dataclass(frozen=True)
class Pending:
    """A receipt that the provider has not got rid of yet."""

    number: int
    id: str
    status: str
    tries: int


class Outbox:
    """The provider's own database; every change is on the disk when a method returns."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {_TABLES}")

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._connection.close()

    def take(self, kind: Kind, ours: str | None, message: dict[str, str], at: datetime) -> str:
        """Take a message and give the provider's id; an id of ours that came before gives the id of that message."""
        ours = ours or str(uuid.uuid4())
        words = [message["recipient"], message.get("subject", ""), message["text"], message.get("template", "")]
        row = [kind, ours, str(uuid.uuid4()), *words, clock.text(at), "sent"]
        self._ask("INSERT OR IGNORE INTO sent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        ((id_,),) = self._ask("SELECT id FROM sent WHERE kind = ? AND ours = ?", (kind, ours))
        return str(id_)

    def sent(self, kind: Kind, recipient: str | None = None) -> list[Sent]:
        """Give the messages, oldest first, all or those to one recipient."""
        rows = self._ask(
            f"SELECT {_FIELDS} FROM sent WHERE kind = ? AND (? IS NULL OR recipient = ?) ORDER BY rowid",  # noqa: S608
            (kind, recipient, recipient),
        )
        return [Sent(*row) for row in rows]

    def find(self, id_: str) -> Sent | None:
        """Give the message of a provider's id."""
        rows = self._ask(f"SELECT {_FIELDS} FROM sent WHERE id = ?", (id_,))  # noqa: S608
        return Sent(*rows[0]) if rows else None

    def mark(self, id_: str, status: str) -> None:
        """Note what became of a message."""
        self._ask("UPDATE sent SET status = ? WHERE id = ?", (status, id_))

    def owe(self, id_: str, status: str, due: datetime) -> Pending:
        """Note a receipt to be sent; it stays until it is `paid`."""
        ((number,),) = self._ask(
            "INSERT INTO receipts (id, status, due) VALUES (?, ?, ?) RETURNING number", (id_, status, clock.text(due))
        )
        return Pending(number, id_, status, 0)

    def owed(self, now: datetime) -> list[Pending]:
        """Give the receipts that are due."""
        rows = self._ask(
            "SELECT number, id, status, tries FROM receipts WHERE due <= ? ORDER BY due", (clock.text(now),)
        )
        return [Pending(*row) for row in rows]

    def next_due(self, moment: datetime) -> datetime | None:
        """Tell when the next receipt after a moment is due."""
        ((due,),) = self._ask("SELECT min(due) FROM receipts WHERE due > ?", (clock.text(moment),))
        return clock.moment(due) if due else None

    def put_off(self, receipt: Pending, due: datetime) -> None:
        """Note that a receipt was refused and is to be tried again."""
        self._ask("UPDATE receipts SET due = ?, tries = tries + 1 WHERE number = ?", (clock.text(due), receipt.number))

    def paid(self, receipt: Pending) -> None:
        """Note that a receipt was taken."""
        self._ask("DELETE FROM receipts WHERE number = ?", (receipt.number,))

    def _ask(self, statement: str, values: Sequence[Any]) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()
