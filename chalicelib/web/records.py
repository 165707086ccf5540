"""Records of the ledger as they are shown: the same for whatever they are about."""

from pydantic import Field

from chalicelib.kernel.events import Record

from .shapes import Out


class RecordOut(Out):
    """One record of the ledger; the hashes are for staff."""

    seq: int = Field(examples=[1])
    event: str = Field(examples=["complaint.received"])
    actor: str | None = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    role: str = Field(examples=["customer"])
    at: str = Field(examples=["2026-11-23T02:00:00.000Z"])
    body: dict[str, object] = Field(
        examples=[{"ticket": "tkt_01M83255V069EDXC383WSXJHG7", "number": "T-20261123-JHG7T"}]
    )
    prev: str | None = Field(None, examples=["0" * 64])
    hash: str | None = Field(None, examples=["9f" * 32])


def record_out(record: Record, *, staff: bool) -> RecordOut:
    """Show a record; facts, names and hashes are for staff."""
    body = {name: value for name, value in record.body.items() if name != "notices"}
    return RecordOut(
        seq=record.seq,
        event=record.event,
        actor=record.actor if staff else None,
        role=record.role,
        at=record.at,
        body=body if staff else {},
        prev=record.prev if staff else None,
        hash=record.hash if staff else None,
    )
