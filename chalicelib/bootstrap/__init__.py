"""Which adapter stands behind which port; each service is imported and built when it is first asked for.

So a cold start pays only for what it serves: half of what a worker imported was for other workers.
"""

from functools import cache

from chalicelib.settings import settings

from .operations import Operations


class Services(Operations):
    """Everything the routes and jobs can ask for, built lazily: a function pays only for what it uses."""


@cache
def services() -> Services:
    """Give the services of this deployment."""
    return Services(settings())
