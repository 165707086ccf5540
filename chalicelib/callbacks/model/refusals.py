"""What is refused about promised calls, each under the code of its rule."""

from collections.abc import Mapping
from typing import ClassVar

from chalicelib.kernel.errors import Conflict, Forbidden, Invalid, Malformed

_AT = "2026-11-24T01:00:00.000Z"


class WindowFull(Conflict):
    """Everybody who can call in that window has something to do; `alternatives` are the nearest with room."""

    code = "window_full"
    such_as: ClassVar[Mapping[str, object]] = {"alternatives": [_AT]}


class NotAWindow(Invalid):
    """No window begins then, or not one that may be chosen; `alternatives` are the nearest with room."""

    code = "not_a_window"
    such_as: ClassVar[Mapping[str, object]] = {"alternatives": [_AT]}


class OutsideHours(Invalid):
    """Nobody can call now; from `next_open` on somebody can."""

    code = "outside_hours"
    such_as: ClassVar[Mapping[str, object]] = {"next_open": _AT}


class AlreadyPromised(Conflict):
    """A call is promised about this already; `callback` is its id, `starts_at` its time. Move that one instead."""

    code = "already_promised"
    such_as: ClassVar[Mapping[str, object]] = {"callback": "cbk_01M83255V069EDXC383WSXJHG7", "starts_at": _AT}


class NothingToCall(Conflict):
    """Nobody is to be called now by whoever asks."""

    code = "nothing_to_call"


class NotLeased(Conflict):
    """The call is not in the hands of whoever asks: the lease ran out, or was never theirs."""

    code = "not_leased"


class NotToBeCalled(Forbidden):
    """The person must not be called for this; `why` says do_not_call, refused or no_consent."""

    code = "not_to_be_called"
    such_as: ClassVar[Mapping[str, object]] = {"why": "do_not_call"}


class CallHeld(Conflict):
    """Somebody else may answer there: `row` of the table says so, by these `signals`. Nothing has rung.

    Whoever reads `why` and asks again after `until` dials by hand, and lets who answers say the word.
    """

    code = "call_held"
    such_as: ClassVar[Mapping[str, object]] = {
        "row": "call_to_diverted_number",
        "signals": {"call_diversion": "on"},
        "why": {"en": "All calls to this number are diverted."},
        "until": _AT,
    }


class WordNeeded(Invalid):
    """The number is not trusted: whoever answered is the customer only if they said the word of this call."""

    code = "word_needed"
    such_as: ClassVar[Mapping[str, object]] = {}


class CallMalformed(Malformed):
    """What the telephony system says is signed, but says nothing we understand."""

    code = "call_malformed"


class HasOne(Exception):
    """The agent has a call in hand already; `callback` is its id. No answer of ours: they are given that one."""

    def __init__(self, callback: str) -> None:
        super().__init__(callback)
        self.callback = callback


class Promised(Exception):
    """There is an open call about this already; `callback` is its id. Whether it is the same one, is looked at."""

    def __init__(self, callback: str) -> None:
        super().__init__(callback)
        self.callback = callback
