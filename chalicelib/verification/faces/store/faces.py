"""Consents and checks in the table `verification`."""

from collections.abc import Iterator, Sequence

from chalicelib.aws.items import Item
from chalicelib.aws.tables import ABSENT, WHATEVER, Put, Remove, Tables, Write, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from ..model import Change, Check, Face, ImageSeen, Offer, Standing, Status, Waiting
from .items import (
    CHECK,
    FACE,
    OFFER,
    REVIEWS,
    TABLE,
    check_item,
    check_key,
    check_of,
    face_item,
    face_key,
    face_of,
    image_key,
    offer_item,
    offer_of,
    read_check,
    waiting_item,
    waiting_key,
    waiting_of,
)


class DynamoFaces:
    """Keeps consents and checks."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def standing(self, customer: str, check: str = "") -> Standing:
        keys = [OFFER, face_key(customer), *([check_key(customer, check)] if check else [])]
        found = {item["sk"]: item for item in self._tables.batch(TABLE, keys)}
        asked = found.get(check_key(customer, check)["sk"])
        return Standing(offer_of(found.get(OFFER["sk"])), face_of(found.get(FACE)), check_of(asked))

    def save(
        self, face: Face, changes: Sequence[Change], records: Sequence[Record], stamp: Stamp | None, image: str = ""
    ) -> None:
        item = face_item(face)
        writes: list[Write] = [unchanged(TABLE, item, face.version) if face.version else Put(TABLE, item)]
        for change in changes:
            writes += _changed(change)
        if image:
            kept = next(int(change.after.kept_until.timestamp()) for change in changes if change.after)
            mark = {**image_key(image), "expires": kept}
            writes.append(Put(TABLE, mark, ABSENT, refused=lambda _: ImageSeen()))
        self._tables.commit(writes, records, stamp)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self._tables.commit([], [], stamp)

    def checks(self, customer: str) -> Sequence[Check]:
        return [read_check(item) for item in self._of_customer(customer)]

    def waiting(self, limit: int, start: Position | None) -> Page[Waiting]:
        page = self._tables.query(TABLE, "pk = :pk", {":pk": REVIEWS}, limit=limit, start=start, consistent=True)
        return Page(tuple(waiting_of(item) for item in page.items), page.next)

    def offer(self) -> Offer:
        return offer_of(self._tables.get(TABLE, OFFER))

    def set_offer(self, offer: Offer, before: Offer, records: Sequence[Record]) -> None:
        put = Put(TABLE, offer_item(offer), "head = :head", {":head": before.link.head})
        self._tables.commit([put if before.link.seq else Put(TABLE, offer_item(offer))], records)

    def _of_customer(self, customer: str) -> Iterator[Item]:
        start = None
        while True:
            values = {":pk": customer, ":check": CHECK}
            page = self._tables.query(
                TABLE, "pk = :pk AND begins_with(sk, :check)", values, start=start, consistent=True
            )
            yield from page.items
            if page.next is None:
                return
            start = page.next


def _changed(change: Change) -> list[Write]:
    """Write a check, and its line among those that wait for a person, or delete all there is of it."""
    before, after = change.before, change.after
    writes: list[Write] = []
    if after is not None:
        item = check_item(after)
        writes.append(unchanged(TABLE, item, before.version) if before else Put(TABLE, item))
    elif before is not None:
        key = check_key(before.customer, before.id)
        writes.append(Remove(TABLE, key, "version = :version", {":version": before.version}))
        writes += [Remove(TABLE, image_key(before.sha256), WHATEVER)] if before.sha256 else []
    if after and after.status is Status.REVIEW:
        writes.append(Put(TABLE, waiting_item(after)))
    if before and before.status is Status.REVIEW:
        writes.append(Remove(TABLE, waiting_key(before)))
    return writes
