"""What wakes the functions: queues, streams and schedules, as the template maps them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from .filters import Pattern, read_filters
from .intrinsics import Unsupported

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")


@dataclass(frozen=True)
class QueueSource:
    """Messages of a queue, in batches, to a function; `partial` says whether its batchItemFailures count."""

    function: str
    queue: str
    batch: int
    partial: bool
    filters: list[Pattern] = field(default_factory=list)


@dataclass(frozen=True)
class StreamSource:
    """Records of a table's stream, in batches, to a function.

    `tries` and `age` bound how often and how long a batch is tried (None: without end); then `failures`, a queue, is told.
    """

    function: str
    table: str
    batch: int
    partial: bool
    bisect: bool
    tries: int | None
    age: timedelta | None
    failures: str | None
    filters: list[Pattern] = field(default_factory=list)


@dataclass(frozen=True)
class Schedule:
    """A function called again and again; `rule` is the name that its event carries."""

    function: str
    rule: str
    every: timedelta


Sources = tuple[tuple[QueueSource, ...], tuple[StreamSource, ...], tuple[Schedule, ...]]


def read_sources(functions: Mapping[str, Mapping[str, Any]]) -> Sources:
    """Read the events of all functions, given by ARN; a kind that is not known here raises Unsupported."""
    queues: list[QueueSource] = []
    streams: list[StreamSource] = []
    schedules: list[Schedule] = []
    for arn, function in functions.items():
        for name, event in function.get("Events", {}).items():
            kind, own = event["Type"], event.get("Properties", {})
            if str(own.get("Enabled", True)).lower() == "false":
                continue
            if kind == "SQS":
                queues.append(_queue(arn, own))
            elif kind == "DynamoDB":
                streams.append(_stream(arn, own))
            elif kind == "Schedule":
                schedules.append(Schedule(arn, name, _period(str(own["Schedule"]))))
            else:
                raise Unsupported(f"an event of type {kind}")
    return tuple(queues), tuple(streams), tuple(schedules)


def _partial(own: Mapping[str, Any]) -> bool:
    return "ReportBatchItemFailures" in own.get("FunctionResponseTypes", [])


def _queue(arn: str, own: Mapping[str, Any]) -> QueueSource:
    return QueueSource(
        function=arn,
        queue=str(own["Queue"]).rpartition(":")[2],
        batch=int(own.get("BatchSize", 10)),
        partial=_partial(own),
        filters=read_filters(own.get("FilterCriteria")),
    )


def _stream(arn: str, own: Mapping[str, Any]) -> StreamSource:
    retries, age = int(own.get("MaximumRetryAttempts", -1)), int(own.get("MaximumRecordAgeInSeconds", -1))
    failures = own.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    return StreamSource(
        function=arn,
        table=str(own["Stream"]).partition(":table/")[2].partition("/stream/")[0],
        batch=int(own.get("BatchSize", 100)),
        partial=_partial(own),
        bisect=str(own.get("BisectBatchOnFunctionError", False)).lower() == "true",
        tries=None if retries < 0 else retries + 1,
        age=None if age < 0 else timedelta(seconds=age),
        failures=str(failures).rpartition(":")[2] if failures else None,
        filters=read_filters(own.get("FilterCriteria")),
    )


def _period(expression: str) -> timedelta:
    rate = _RATE.fullmatch(expression.strip())
    if rate is None:
        raise Unsupported(f"the schedule {expression}")
    return timedelta(**{f"{rate[2]}s": int(rate[1])})
