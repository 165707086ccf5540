"""One wide line and a few figures per unit of work; ids only, never what somebody wrote."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit

logger = Logger(service="dutydesk")
metrics = Metrics(namespace="Dutydesk", service="dutydesk")


def worked(job: str, outcome: str, seconds: float, **ids: Any) -> None:
    """Say what became of one message."""
    logger.info("worked", extra={"job": job, "outcome": outcome, "ms": round(seconds * 1000, 1), **ids})
    metrics.add_metric("Worked" if outcome != "failed" else "Failed", MetricUnit.Count, 1)


def failed(job: str, trouble: BaseException, seconds: float, **ids: Any) -> None:
    """Say that a message failed, by kind and place of the trouble; its text may quote a customer."""
    frames = []
    trace = trouble.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    worked(job, "failed", seconds, kind=type(trouble).__name__, where=frames[-4:], **ids)


def gauge(name: str, value: float, unit: MetricUnit = MetricUnit.Seconds) -> None:
    """Put one figure beside the lines, for an alarm to look at."""
    metrics.add_metric(name, unit, value)


def flush() -> None:
    """Write the figures gathered so far, if there are any."""
    if metrics.metric_set:
        metrics.flush_metrics()
