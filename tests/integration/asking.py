"""Asking each route as somebody: what is in its path, behind it and in its body."""

from typing import Any

from tests.integration import wordings
from tests.integration.bodies import BODIES
from tests.integration.cast import STAFF
from tests.integration.stages import STAGES, Stagehand, task_of
from tests.kiosk import Device
from tests.world import Answer, World

WRITER = "lead-east-2"
ABSENCES = "/v1/desk/staff/{staff}/absences"


def brought(library: wordings.Library, route: str) -> str:
    """Bring a canned answer where the step of a route is the next, for complaints as for everything else."""
    if "{answer}" not in route:
        return ""
    return wordings.brought_before(library, route, WRITER)


def whose(column: str) -> str:
    return STAFF[column] if column in ("clerk", "compliance", "auditor", "admin") else "agent-east"


def absence(world: World, staff: str, token: str) -> str:
    """Enter an absence to be ended, if this caller may."""
    entered = world.ask("POST", ABSENCES.format(staff=staff), BODIES[f"POST {ABSENCES}"], token)
    return entered.body["away"][-1]["id"] if entered.status == 201 else "abs_none"


QUERIES = {
    "/v1/desk/queue": "?unit=east",
    "/v1/desk/tasks": "?unit=east",
    "/v1/desk/staff": "?unit=east",
    "/v1/desk/kiosks": "?unit=east",
    "/v1/desk/duplicates": "?customer=x",
    "/v1/desk/reports/{name}": "?unit=east",
    "/v1/branches/{branch}/slots": "?service=card-replacement",
    "/v1/desk/branches/{branch}/slots": "?service=card-replacement",
    "/v1/desk/reports/regulator/{scheme}": "?from=2026-01-01&to=2026-01-31",
}


def ask(
    world: World,
    route: str,
    case: str,
    token: str,
    body: Any = None,
    representative: str = "cus_none",
    staff: str = "agent-east",
    kiosk: str = "kio_none",
    offered: str = "",
    attachment: str = "att_none",
    answer: str = "ans_none",
) -> Answer:
    method, path = route.split()
    body = body or (wordings.sent(path, case) if "/answers" in path and method == "POST" else None)
    status_token = world.services.status_url(case).rpartition("/")[2]
    filled = {"ticket": case, "verification": "ver_none", "provider": "dutydesk", "token": status_token, "n": 1}
    filled |= {"queue": "notifications", "representative": representative, "name": "open", "scheme": "jrt0169"}
    filled |= {"attachment": attachment, "text": "msg_01M8323B80R71NV7ECMN7C58DA", "session": "ses_none"}
    filled |= {"context": "payment"}
    filled |= {"answer": answer, "emergency": "emg_none"}
    filled |= {
        "task": task_of(case),
        "staff": staff,
        "absence": absence(world, staff, token) if "{absence}" in path else "",
    }
    if offered:
        filled["token"] = offered
    filled["kiosk"] = kiosk
    if path.startswith("/v1/verifications"):
        world.forgive()
    sent = body or BODIES.get(route) or (STAGES[path].body if method == "POST" and path in STAGES else None)
    return world.ask(method, path.format(**filled) + QUERIES.get(path, ""), sent, token)


def at_a_kiosk(kiosk: Device, route: str, column: str) -> dict[str, str]:
    """Give a kiosk that is new in its place, or something handed over that this caller may take."""
    if "{kiosk}" in route:
        return {"kiosk": Device(kiosk.world).enrolled().id}
    if "/handovers/" in route:
        return {"offered": kiosk.hand_over("counter" if column == "clerk" else "phone")["token"]}
    return {}


def about(kiosk: Device, library: wordings.Library, route: str, column: str) -> dict[str, str]:
    """Give what a route is about that is no ticket."""
    return at_a_kiosk(kiosk, route, column) | {"answer": brought(library, route)}


def taken(hand: Stagehand, route: str, column: str, token: str) -> Answer:
    """Take a step with a case that is brought there."""
    path = route.split()[1]
    case = hand.brought_before(path)
    if path.endswith("tickets/{ticket}/accept") and column in ("agent own", "supervisor own"):
        hand.given(case, STAFF[column])
    representative = hand.filled("{representative}", case) if "{representative}" in path else "cus_none"
    return ask(hand.world, route, case, token, hand.body(path), representative, attachment=hand.attachment)
