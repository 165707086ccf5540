"""Forms as browsers, and some providers, send them; nothing here goes over a network."""

from urllib.parse import parse_qsl


def pairs(body: str) -> list[tuple[str, str]]:
    """Read the fields of a form in their order, empty ones too; a name may come twice."""
    return parse_qsl(body, keep_blank_values=True)
