"""What is closed to codes, for tests that walk through every route."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from chalicelib.kernel.events import Link, chained, end
from chalicelib.verification.codes.events import CodesStopped
from chalicelib.verification.codes.model import Closing, Why
from tests.world import World


def stopped(world: World, name: str = "prefix_8613999") -> str:
    """Stop the codes to a prefix, as the gate does when hardly any is typed; give the name of what is closed."""
    gates = world.services.closings.store
    found = gates.closing(name)
    if found is None or not found.in_force(world.now):
        id_ = found.id if found else f"cls_01M8323B80R71NV7ECMN7C58D{len(name) % 10}"
        link, version = (found.link, found.version) if found else (Link(), 0)
        until = world.now + timedelta(days=1)
        closing = Closing(id_, name, Why.CONVERSION, world.now, until, 30, 2, False, version, link)
        happened = CodesStopped(id_, name, closing.why, until, 30, 2, ())
        records = chained(id_, link, [happened], internal(actors.system("test"), "test", "test"))
        gates.close(replace(closing, link=end(records, link)), records, None, world.now)
    return name
