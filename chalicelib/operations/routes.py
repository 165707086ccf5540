"""Health, the documentation, and how things stand."""

import json
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotFound
from chalicelib.web import Api, Out, Path, Response, call, documentation, page

from .model import Redriven, RedriveRunning

api = Api("Operations", door="desk")


class Health(Out):
    """It answers."""

    status: Literal["ok"]
    stage: str = Field(examples=["prod"])


class Sms(Out):
    """Texts handed to the provider in the last day, and receipts heard in it; one-time codes are not counted."""

    sent: int = Field(examples=[200])
    delivered: int = Field(examples=[196])
    failed: int = Field(examples=[1])


class Standing(Out):
    """How things stand; `sweep_silent` is the alarm, `oldest_unescalated` since when a ticket waits to be escalated."""

    last_sweep: str | None = Field(examples=["2026-11-23T08:30:00.000Z"])
    sweep_lag_seconds: int | None = Field(examples=[12])
    sweep_silent: bool = Field(examples=[False])
    oldest_due: str | None = Field(examples=["2026-11-23T08:29:40.000Z"])
    oldest_unescalated: str | None = Field(examples=["2026-11-23T08:29:40.000Z"])
    queues: dict[str, dict[str, int]] = Field(examples=[{"escalations": {"waiting": 2, "in_flight": 1, "dead": 0}}])
    sms: Sms
    sms_delivered_share: float | None = Field(examples=[0.98])


class RedrivenOut(Out):
    """How many dead letters came back, at most 300 at once, and about how many are left: then ask again."""

    queue: str = Field(examples=["notifications"])
    moved: int = Field(examples=[12])
    remaining: int = Field(examples=[0])


@api.get("/v1/health", None)
def health() -> Health:
    """Tell that the service answers."""
    return Health(status="ok", stage=services().stage)


@api.get("/v1/openapi.json", None, raw="application/json")
def openapi() -> Response[Any]:
    """Give this documentation."""
    return Response(200, "application/json", json.dumps(documentation(), ensure_ascii=False))


@api.get("/docs", None, raw="text/html", refusals=(NotFound,))
def docs() -> Response[str]:
    """Give a page to read; on local and test stages only."""
    if not services().test_pages:
        raise NotFound
    return Response(200, "text/html; charset=utf-8", page(documentation()))


@api.get("/v1/desk/operations", Act.OPERATIONS_READ)
def operations() -> Standing:
    """Tell how the sweep and the queues stand."""
    return Standing(**services().standing.standing(call()))


def _redriven(done: Redriven) -> RedrivenOut:
    return RedrivenOut(queue=done.queue, moved=done.moved, remaining=done.remaining)


@api.post("/v1/desk/operations/dlq/{queue}/redrive", Act.OPERATIONS_REDRIVE, refusals=(RedriveRunning,))
def redrive(queue: Annotated[str, Path()]) -> RedrivenOut:
    """Bring messages that five tries did not work off back into their queue, once what killed them is mended."""
    return _redriven(services().redriving.redrive(queue, call(_redriven)))
