"""How far a branch is."""

from math import asin, cos, inf, radians, sin, sqrt

from ..model import Branch

_EARTH = 6_371_000  # metres


def distance(branch: Branch, near: tuple[float, float] | None) -> float:
    """Give the metres from a place (latitude, longitude) to a branch; where one of them is unknown, farther than all."""
    if near is None or branch.latitude is None or branch.longitude is None:
        return inf
    (north, east), (lat, lon) = (map(radians, place) for place in (near, (branch.latitude, branch.longitude)))
    half = sin((lat - north) / 2) ** 2 + cos(north) * cos(lat) * sin((lon - east) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))
