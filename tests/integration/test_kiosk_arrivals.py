"""Checking in at a kiosk over HTTP, and the devices in the hall: what is wired, once."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from chalicelib.kernel.clock import text
from tests.integration.halls import CARD, HALL, Hall
from tests.integration.matters import done, refused
from tests.kiosk import Device
from tests.world import SMITH


def device(hall: Hall, service: str = "check_in", **what_matters: Any) -> Device:
    """Put a device up in the hall."""
    return Device(hall.world, branch=HALL, services=[service], **what_matters).signed_in()


def bring(kiosk: Device, *came: Any, **headers: str) -> Any:
    return done(kiosk.ask("POST", "/v1/kiosks/arrivals", {"arrivals": list(came)}, **headers))["items"]


def test_who_came_while_a_kiosk_had_no_line_is_brought_hours_later_each_answered_for_itself(hall: Hall) -> None:
    world = hall.world
    one = hall.booked(world.now + timedelta(minutes=15), service=CARD)
    two = hall.booked(world.now + timedelta(minutes=30), SMITH, CARD)
    kiosk, other = device(hall), device(hall)
    taken = done(kiosk.ask("GET", "/v1/kiosks/arrivals"))

    key = bytes.fromhex(taken["salt"])
    digests = {line["code"] for line in taken["expected"]}
    assert {hmac.new(key, it["check_in_code"].encode(), hashlib.sha256).hexdigest() for it in (one, two)} == digests
    assert not any(it[name] in str(taken) for it in (one, two) for name in ("number", "check_in_code", "id"))
    came_at = text(world.now)
    assert [it["outcome"] for it in bring(other, {"event": "e", "at": came_at, "number": one["number"]})] == [
        "checked_in"
    ]
    world.now += timedelta(minutes=30)
    done(world.ask("POST", f"/v1/appointments/{two['id']}/cancel", token=world.staff("lead-east")))
    world.pass_time(hours=3)
    kiosk.signed_in()

    first = {"event": "e1", "at": came_at, "code": one["check_in_code"]}
    second = {"event": "e2", "at": came_at, "code": two["check_in_code"]}
    forged = {"event": "e3", "at": came_at, "code": one["check_in_code"][:-1] + "!"}
    answers = bring(kiosk, first, second, forged, Idempotency_Key="sync")

    assert [(it["event"], it["outcome"], it["ticket"]) for it in answers] == [
        ("e1", "already", "A001"),
        ("e2", "cancelled", None),
        ("e3", "not_found", None),
    ]
    assert all(set(it["explanation"]) == {"en", "zh-CN"} for it in answers)
    assert bring(kiosk, first, second, forged, Idempotency_Key="sync") == answers
    assert bring(kiosk, first, second, forged) == answers
    assert world.events(one["id"]).count("appointment.arrived") == 1
    assert world.events(kiosk.id).count("kiosk.arrivals_brought") == 2


def test_a_display_reads_its_own_hall_until_it_is_disabled(hall: Hall) -> None:
    ticket, display = hall.walk_in()["ticket"], device(hall, "display")
    path = f"/v1/branches/{HALL}/display"

    assert done(display.ask("GET", path))["waiting"] == [ticket]
    assert refused(display.ask("GET", "/v1/branches/shanghai-bund/display")) == (404, "not_found")
    assert refused(display.ask("GET", f"/v1/branches/{HALL}/tickets?after=0")) == (403, "forbidden")
    assert refused(display.ask("POST", "/v1/kiosks/visits/current/handover", {"to": "phone", "draft": {}})) == (
        403,
        "forbidden",
    )
    assert display.desk("disable").status == 200

    assert refused(display.ask("GET", path)) == (401, "not_signed_in")


def test_a_printer_is_given_what_was_given_out_since(hall: Hall) -> None:
    printer = device(hall, "printer")
    path = f"/v1/branches/{HALL}/tickets"
    begun = done(printer.ask("GET", path))
    ticket = hall.walk_in()["ticket"]

    printed = done(printer.ask("GET", f"{path}?day={begun['day']}&after={begun['last']}"))

    assert [it["ticket"] for it in printed["items"]] == [ticket]
    assert printed["items"][0]["wait"]["place"] == 1


def test_arrivals_are_told_as_they_have_to_be_one_to_fifty_at_a_time(hall: Hall) -> None:
    kiosk, one = device(hall), {"event": "e", "at": "2026-11-23T02:00:00Z", "number": "A-1"}
    nobody = {name: one[name] for name in ("event", "at")}
    for told in (
        [nobody],
        [one | {"code": "x"}],
        [one | {"event": "e 1"}],
        [one | {"at": "2026-11-23T02:00:00"}],
        [one | {"name": "Li Na"}],
        [one | {"number": "A-1;drop"}],
        [],
        [one] * 51,
    ):
        assert refused(kiosk.ask("POST", "/v1/kiosks/arrivals", {"arrivals": told})) == (422, "invalid"), told
