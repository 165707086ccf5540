"""The schedule."""

from typing import Any

from chalice.app import Blueprint, Rate

from chalicelib.bootstrap import services
from chalicelib.kernel import clock
from chalicelib.work import scheduled

jobs = Blueprint(__name__)


@jobs.schedule(Rate(1, unit=Rate.MINUTES))
@scheduled
def sweep() -> dict[str, Any]:
    """Find what is due and send hints."""
    swept = services().sweeping.sweep(clock.now())
    return {"looked": swept.looked, "sent": swept.sent, "gauges": {"SweepLag": swept.lag}}
