"""The `cursor` parameter: signed, and bound to the caller and to what was asked for."""

from chalicelib.bootstrap import services
from chalicelib.kernel import paging
from chalicelib.kernel.paging import Position

from .api import call


def given(cursor: str | None, *asked: str) -> Position | None:
    """Read the cursor of a request; raises CursorInvalid for one of somebody else, or of another list."""
    return paging.unseal(cursor, services().keys.key("cursors"), _bound(asked))


def sealed(position: Position | None, *asked: str) -> str | None:
    """Write the cursor of an answer."""
    return paging.seal(position, services().keys.key("cursors"), _bound(asked))


def _bound(asked: tuple[str, ...]) -> str:
    return "\x1f".join((call().actor.id, *asked))
