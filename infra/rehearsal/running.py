"""A rehearsal from the first process to the last."""

import contextlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

from chalicelib.kernel import clock
from infra.build import Built
from infra.local.chaos import Mischief
from infra.local.outbox import Outbox
from infra.local.processes import Children
from infra.local.providers import Providers
from infra.local.provision import make_tables
from infra.local.server import Server, listen
from infra.local.template import read_template

from . import engines
from .carrier import Carrier
from .stack import PARAMETERS, Stack, create


@contextlib.contextmanager
def deployed(built: Built, folder: Path, *, with_dynoxide: bool) -> Iterator[Stack]:
    """Start engines and fake providers, deploy the package, plant an institution; everything ends with the block.

    Call this on the main thread: the engines end when that does.
    """
    children = Children(folder / "children.json")
    with contextlib.ExitStack() as ending:
        outbox = Outbox(folder / "outbox.sqlite")
        ending.callback(outbox.close)
        listener = listen(0)
        calm = Mischief(random.Random(0))  # noqa: S311 - not for secrets
        providers = Server(listener, Providers(outbox, calm, clock.now), threads=4)
        providers.start()
        ending.callback(providers.stop)
        ending.callback(children.stop)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        running = engines.start(children, folder, address, with_dynoxide=with_dynoxide)
        stack = Stack(running, create(running, built), outbox, json.loads(built.template.read_text("utf-8")))
        if with_dynoxide:
            make_tables(running.client("dynamodb"), read_template(built.template, PARAMETERS).tables)
            carrier = Carrier(running, stack.name("RecordsTable"), stack.name("Publish"), batch=100)
            carrier.start()
            ending.callback(carrier.stop)
        stack.plant()
        yield stack
