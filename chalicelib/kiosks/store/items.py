"""Kiosks and handovers as items."""

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link

from ..model import Handover, Kiosk, Notice, Open, Paper, State, To


def kiosk_item(kiosk: Kiosk, version: int) -> Item:
    """Write a kiosk; only kiosks have an attribute `unit`, so that only they are in the index of that name."""
    return {
        "pk": kiosk.id,
        "sk": "kiosk",
        "id": kiosk.id,
        "unit": kiosk.unit,
        "branch": kiosk.branch,
        "name": kiosk.name,
        "services": sorted(kiosk.services),
        "kiosk_state": kiosk.state.value,
        "key": dict(kiosk.key) if kiosk.key else None,
        "thumbprint": kiosk.thumbprint or None,
        "enrolment": kiosk.enrolment or None,
        "software": kiosk.software or None,
        "paper": kiosk.paper.value if kiosk.paper else None,
        **{name: text(at) if at else None for name, at in _times(kiosk).items()},
        "open": [_open_item(one) for one in kiosk.open],
        "notices": [_notice_item(notice) for notice in kiosk.notices],
        "due_at": text(kiosk.due_at) if kiosk.due_at else None,
        "due_shard": "kiosks#0" if kiosk.due_at else None,
        "version": version,
        "seq": kiosk.link.seq,
        "head": kiosk.link.head,
    }


_TIMES = ("heard_at", "enrolled_at", "offline_since", "silent_since")


def _times(kiosk: Kiosk) -> Item:
    return {name: getattr(kiosk, name) for name in _TIMES}


def kiosk_of(item: Item) -> Kiosk:
    """Read a kiosk back, or as much of it as an index has."""
    times = {name: moment(item[name]) if name in item else None for name in (*_TIMES, "due_at")}
    return Kiosk(
        id=item["id"],
        unit=item["unit"],
        branch=item["branch"],
        name=item["name"],
        services=frozenset(item["services"]),
        state=State(item["kiosk_state"]),
        key=item.get("key"),
        thumbprint=item.get("thumbprint", ""),
        enrolment=item.get("enrolment", ""),
        software=item.get("software", ""),
        paper=Paper(item["paper"]) if "paper" in item else None,
        **times,
        open=tuple(_open_of(one) for one in item.get("open", ())),
        notices=tuple(_notice_of(one) for one in item.get("notices", ())),
        version=item["version"],
        link=Link(item["seq"], item["head"]) if "head" in item else Link(),
    )


def _open_item(one: Open) -> Item:
    named = {"customer": one.customer or None, "within": one.within or None}
    return {"id": one.id, "mark": one.mark, "until": text(one.until), **named}


def _open_of(item: Item) -> Open:
    return Open(item["id"], item["mark"], moment(item["until"]), item.get("customer", ""), item.get("within", ""))


def _notice_item(notice: Notice) -> Item:
    return {
        "key": notice.key,
        "template": notice.template,
        "asked_at": text(notice.asked_at),
        "tries": notice.tries,
        "facts": dict(notice.facts),
    }


def _notice_of(item: Item) -> Notice:
    return Notice(item["key"], item["template"], moment(item["asked_at"]), item["tries"], item["facts"])


def handover_item(handover: Handover, version: int) -> Item:
    """Write a handover; TTL takes it away once its time is over, the records stay."""
    return {
        "pk": handover.id,
        "sk": "handover",
        "id": handover.id,
        "kiosk": handover.kiosk,
        "of_unit": handover.unit,
        "branch": handover.branch,
        "customer": handover.customer,
        "to": handover.to.value,
        "sha256": handover.sha256,
        "expires_at": text(handover.expires_at),
        "expires": int(handover.expires_at.timestamp()),
        "sealed": handover.sealed,
        "taken_at": text(handover.taken_at) if handover.taken_at else None,
        "version": version,
        "seq": handover.link.seq,
        "head": handover.link.head,
    }


def handover_of(item: Item) -> Handover:
    """Read a handover back."""
    return Handover(
        id=item["id"],
        kiosk=item["kiosk"],
        unit=item["of_unit"],
        branch=item["branch"],
        customer=item["customer"],
        to=To(item["to"]),
        sha256=item["sha256"],
        expires_at=moment(item["expires_at"]),
        sealed=bytes(item["sealed"]) if "sealed" in item else None,
        taken_at=moment(item["taken_at"]) if "taken_at" in item else None,
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )
