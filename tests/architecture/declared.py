"""What the capabilities declare, as app.py puts it together."""

import app as whole
from chalicelib.web.api import Route


def routes() -> list[Route]:
    """Give every declared route."""
    return [route for _, route in whole.edge.routes()]
