"""A rehearsal from the first process to the last."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from infra.build import Built
from infra.local.processes import Children
from infra.local.provision import make_tables
from infra.local.template import read_template

from . import engines
from .carrier import Carrier
from .outside import Outside
from .stack import Stack, create, parameters


@contextlib.contextmanager
def deployed(built: Built, folder: Path, *, with_dynoxide: bool) -> Iterator[Stack]:
    """Start the engines and what is outside, deploy the package, plant an institution; all of it ends with the block.

    Call this on the main thread: the engines end when that does.
    """
    with contextlib.ExitStack() as ending:
        outside = Outside(folder)
        ending.callback(outside.close)
        children = Children(folder / "children.json")
        ending.callback(children.stop)
        running = engines.start(children, folder, outside.address, with_dynoxide=with_dynoxide)
        given = parameters(outside.address)
        api = create(running, built, given)
        stack = Stack(running, api, outside, json.loads(built.template.read_text("utf-8")), given)
        if with_dynoxide:
            make_tables(running.client("dynamodb"), read_template(built.template, given).tables)
            carrier = Carrier(running, stack.name("RecordsTable"), stack.name("Publish"), batch=100)
            carrier.start()
            ending.callback(carrier.stop)
        stack.plant()
        yield stack
