"""Names of time zones as people may give them."""

from zoneinfo import ZoneInfo


def known_zone(name: str) -> str:
    """Give a time zone's name back; raises ValueError if there is no such zone."""
    try:
        ZoneInfo(name)
    except (OSError, LookupError, ValueError) as unknown:
        raise ValueError("there is no such time zone") from unknown
    return name
