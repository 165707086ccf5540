"""What a deployment has around it beside AWS, on one port of this machine: SMS, mail, and the institution's sign-in."""

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.kernel import clock
from infra.local.chaos import Mischief
from infra.local.folder import Folder
from infra.local.oidc import AUDIENCE, Issuer
from infra.local.outbox import Outbox
from infra.local.providers import Providers
from infra.local.seed import institution
from infra.local.server import Server, listen

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

__all__ = ["AUDIENCE", "Outside"]


class Outside:
    """The local stack's fake providers and issuer, served on a free port."""

    def __init__(self, folder: Path) -> None:
        listener = listen(0)
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.outbox = Outbox(folder / "outbox.sqlite")
        self.issuer = Issuer(self.address, Folder(folder), institution(), clock.now)
        self._providers = Providers(self.outbox, Mischief(random.Random(0)), clock.now)  # noqa: S311 - no secret
        self._server = Server(listener, self._serve, threads=4)
        self._server.start()

    def close(self) -> None:
        """End."""
        self._server.stop()
        self.outbox.close()

    def _serve(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        told = {"/.well-known/openid-configuration": self.issuer.discovery, "/jwks": self.issuer.keys}
        tell = told.get(environ["PATH_INFO"])
        if tell is None:
            return self._providers(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(tell()).encode()]
