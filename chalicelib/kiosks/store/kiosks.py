"""Kiosks, the codes they are enrolled with, and the statements they have used."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import ABSENT, Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from ..model import Claims, Enrolment, Kiosk
from .items import kiosk_item, kiosk_of

TABLE = "kiosks"
# Longer than a statement could be believed, whatever two clocks say; then TTL may take the note of it.
_USED_KEPT = timedelta(minutes=5)


class DynamoKiosks:
    """Keeps kiosks."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, id_: str) -> Kiosk | None:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "kiosk"})
        return None if item is None else kiosk_of(item)

    def of_unit(self, unit: str, limit: int, start: Position | None) -> Page[Kiosk]:
        page = self._tables.query(
            TABLE, "#unit = :unit", {":unit": unit}, index="unit", limit=limit, start=start, names={"#unit": "unit"}
        )
        return Page(tuple(kiosk_of(item) for item in page.items), page.next)

    def save(
        self, kiosk: Kiosk, records: Sequence[Record], stamp: Stamp | None, *beside: Any, more: Sequence[Record] = ()
    ) -> None:
        item = kiosk_item(kiosk, kiosk.version + 1)
        put = unchanged(TABLE, item, kiosk.version) if kiosk.version else Put(TABLE, item)
        self._tables.commit([put, *beside], [*records, *more], stamp)

    def enrolling(self, enrolment: Enrolment, now: datetime) -> Any:
        # A handle is one of a million: whose code is not typed in time leaves it to others.
        item = {
            **code_key(enrolment.handle),
            "enrolment": enrolment.id,
            "kiosk": enrolment.kiosk,
            "attempts": enrolment.attempts,
            "expires_at": text(enrolment.expires_at),
            "expires": int(enrolment.expires_at.timestamp()),
        }
        return Put(TABLE, item, f"{ABSENT} OR expires_at <= :now", {":now": text(now)})

    def count_attempt(self, handle: str, most: int, now: datetime) -> Enrolment | None:
        values = {":most": most, ":now": text(now)}
        item = self._tables.add(TABLE, code_key(handle), "attempts", "attempts < :most AND expires_at > :now", values)
        if item is None:
            return None
        return Enrolment(item["enrolment"], handle, item["kiosk"], moment(item["expires_at"]), item["attempts"])

    def using(self, kiosk: str, claims: Claims) -> Any:
        return Put(TABLE, proof_key(kiosk, claims.jti) | {"expires": int((claims.expires_at + _USED_KEPT).timestamp())})

    def used(self, kiosk: str, jti: str) -> bool:
        return self._tables.get(TABLE, proof_key(kiosk, jti)) is not None


def code_key(handle: str) -> Item:
    """Key of an enrolment: the first letters of its code."""
    return {"pk": f"code#{handle}", "sk": "enrolment"}


def proof_key(kiosk: str, jti: str) -> Item:
    """Key of a statement that was used: what a device made up is hashed, so that it is of one length."""
    return {"pk": kiosk, "sk": f"proof#{hashlib.sha256(jti.encode()).hexdigest()}"}
