"""The door that only the functions use: the fake providers, and the queues with their delays."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .delays import PREFIX as QUEUES
from .delays import Delays
from .providers import Providers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class InnerDoor:
    """A WSGI application."""

    def __init__(self, delays: Delays, providers: Providers) -> None:
        self._delays = delays
        self._providers = providers

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        to_queues = str(environ["PATH_INFO"]).startswith(QUEUES)
        return (self._delays if to_queues else self._providers)(environ, start_response)
