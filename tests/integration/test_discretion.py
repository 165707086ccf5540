"""Whatever is written into any text field: it is in no log, no error, no message of a queue and no export, and what should
not have been written at all is kept nowhere.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.reports.model import Name
from chalicelib.web import log
from tests.architecture.declared import routes
from tests.integration.callers import Cast
from tests.integration.texts import made, texts, written
from tests.world import World

CARD, SECRET, CODE, PERSON = "4111 1111 1111 1111", "CVV 737", "code 482913", "110101199003074518"
# Whole, and in parts for fields that take less; a face begins like any JPEG.
WRITTEN = (f"{CARD}, {SECRET}, {CODE}, {PERSON}, /9j/4AAQSkZJRg", f"{CARD}, {SECRET}, {CODE}", CARD)
NEVER_KEPT = (CARD, CARD.replace(" ", ""), SECRET, CODE)
NEVER_TOLD = (*NEVER_KEPT, PERSON, "/9j/4AAQSkZJRg")
ROUTES = sorted(
    f"{route.method} {route.path}" for route in routes() if route.method in ("POST", "PUT") and not route.takes
)
PERIOD = "from=2026-10-01&to=2026-11-01"
EXPORTS = (
    *(f"/v1/desk/reports/{name.value}?unit=hq&format=" for name in Name),
    *(f"/v1/desk/reports/regulator/{scheme}?{PERIOD}&format=" for scheme in ("jrt0169", "fca_disp", "asic_idr")),
    "/v1/desk/callbacks/figures?unit=east&from=2026-11-23&to=2026-11-24&format=",
)
TABLES = ("appointments", "tickets", "records", "identity", "verification", "notifications", "answers", "attachments")
TABLES += ("kiosks", "idempotency", "callbacks")


@pytest.fixture(scope="module")
def cast(standing: World) -> Iterator[Cast]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.appointments.policy.MOST_OPEN", 1000)
        patch.setattr("chalicelib.appointments.policy.MOST_WAITING", 1000)
        log.logger.setLevel("INFO")
        cast = Cast(standing)
        yield cast
        log.logger.setLevel("CRITICAL")
        _nothing_is_kept(standing)
        _nothing_is_exported(standing)


def _nothing_is_kept(world: World) -> None:
    for table in TABLES:
        for item in world.items(table):
            assert _found(str(item), NEVER_KEPT) == [], (table, item)


def _nothing_is_exported(world: World) -> None:
    token = world.staff("compliance-hq")
    for path in EXPORTS:
        for format_ in ("json", "csv"):
            answer = world.ask("GET", path + format_, token=token)
            assert answer.status == 200, answer.text
            assert _found(answer.text, NEVER_TOLD) == [], path


def _found(text: str, canaries: tuple[str, ...]) -> list[str]:
    return [canary for canary in canaries if canary in text]


@pytest.mark.parametrize("route", ROUTES)
def test_what_is_written_goes_nowhere_but_where_it_belongs(
    standing: World, cast: Cast, route: str, capsys: pytest.CaptureFixture[str]
) -> None:
    method, call = route.split()[0], made(cast, route)
    for place in list(texts(call.body)):
        for text in WRITTEN:
            capsys.readouterr()
            sent = replace(call, body=written(call.body, place, text))
            answer = standing.ask(method, sent.path, sent.body, sent.token)
            said = "".join(capsys.readouterr())
            assert _found(said, NEVER_TOLD) == [], (place, said)
            assert answer.status < 500, answer.text
            assert _found(answer.text, NEVER_KEPT if answer.status < 300 else NEVER_TOLD) == [], (place, answer.text)
            standing.publish()
            waiting, standing.outlet.sent[:] = list(standing.outlet.sent), []
            assert _found(str(waiting), NEVER_TOLD) == [], (place, waiting)
            if answer.status < 300:
                call = made(cast, route)
                break
