"""Which adapter stands behind which port; each service is built when it is first asked for."""

from functools import cache

from chalicelib.settings import settings

from .operations import Operations


class Services(Operations):
    """Everything the routes and jobs can ask for, built lazily: a function pays only for what it uses."""


@cache
def services() -> Services:
    """Give the services of this deployment."""
    return Services(settings())
