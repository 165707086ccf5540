"""Promised calls for the customer, and for anybody who was called."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import ConflictOfInterest, CursorInvalid, NotAllowedNow, NotFound, Outdated, PhoneInvalid
from chalicelib.kernel.zones import known_zone
from chalicelib.web import Api, Listing, Path, Query, call, given, sealed

from ..model import AlreadyPromised, NotAWindow, OutsideHours, WindowFull
from .bodies import MoveIn, WishesIn, WishIn
from .shapes import CallbackOut, OwnProofOut, ProofOut, RowOut, WindowsOut, WishesOut
from .showing import callback_out, row_out, windows_out, wish_of, wishes_of, wishes_out

api = Api("Callbacks")

PROMISING = (NotFound, OutsideHours, NotAWindow, WindowFull, AlreadyPromised, PhoneInvalid)
CHANGING = (NotFound, NotAllowedNow, Outdated, ConflictOfInterest)
Id = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Unit = Annotated[str | None, Query(max_length=64)]
Since = Annotated[date | None, Query(alias="from", examples=["2026-11-24"])]
Zone = Annotated[
    str | None, Query(max_length=64, examples=["Asia/Shanghai"]), AfterValidator(lambda z: z and known_zone(z))
]
Said = Annotated[str, Query(alias="word", min_length=1, max_length=40, examples=["K7QX-2M9T"])]


@api.get("/v1/callbacks/windows", Act.CALLBACK_WINDOWS)
def list_windows(
    since: Since = None,
    days: Annotated[int, Query(ge=1, le=14)] = 3,
    timezone: Zone = None,
    unit: Unit = None,
) -> WindowsOut:
    """List the times in which a call can be promised; `unit` is for staff."""
    return windows_out(services().call_windows.windows(unit or "", since, days, timezone or "", call()))


@api.post("/v1/callbacks", Act.CALLBACK_ASK, status=201, refusals=PROMISING)
def promise_callback(body: WishIn) -> CallbackOut:
    """Have a call promised, for a window or now; one that is open about the same for the same time is given instead."""
    return callback_out(services().promising.promise(wish_of(body), call(callback_out)))


@api.get("/v1/callbacks", Act.CALLBACK_LIST, refusals=(CursorInvalid,))
def list_callbacks(limit: Limit = 25, cursor: Cursor = None) -> Listing[RowOut]:
    """List my calls, newest first."""
    page = services().callbacks.own(limit, given(cursor, "callbacks"), call())
    return Listing(items=[row_out(row) for row in page.items], next_cursor=sealed(page.next, "callbacks"))


@api.get("/v1/callbacks/{callback}", Act.CALLBACK_READ, refusals=(NotFound, ConflictOfInterest))
def get_callback(callback: Id) -> CallbackOut:
    """Show a call, with the word by which the caller proves that it is us."""
    return callback_out(services().callbacks.reach(callback, Act.CALLBACK_READ, call()))


@api.post(
    "/v1/callbacks/{callback}/reschedule",
    Act.CALLBACK_CHANGE,
    refusals=(*CHANGING, NotAWindow, OutsideHours, WindowFull),
)
def reschedule_callback(callback: Id, body: MoveIn) -> CallbackOut:
    """Have it promised for another window; the room it had is free in the same moment."""
    return callback_out(services().moving.reschedule(callback, body.window, call(callback_out)))


@api.post("/v1/callbacks/{callback}/cancel", Act.CALLBACK_CHANGE, refusals=CHANGING)
def cancel_callback(callback: Id) -> CallbackOut:
    """Let it go; the room it had is free in the same moment."""
    return callback_out(services().moving.cancel(callback, call(callback_out)))


@api.get("/v1/callbacks/verify", None)
def verify_word(word: Said) -> ProofOut:
    """Ask, without signing in, whether the word that a caller named is ours and in use; whose it is, is not told."""
    found = services().proof_words.check(word, call())
    return ProofOut(genuine=found.genuine, calling=found.calling)


@api.get("/v1/me/callbacks/verify", Act.CALLBACK_LIST)
def verify_own_word(word: Said) -> OwnProofOut:
    """Ask whether the word that a caller named is that of my own call."""
    found = services().proof_words.check_own(word, call())
    return OwnProofOut(genuine=found.genuine, calling=found.calling, number=found.number or None)


@api.get("/v1/me/contact-wishes", Act.CALLBACK_WISHES)
def get_wishes() -> WishesOut:
    """Show what I wish about being called and written to."""
    return wishes_out(services().wishing.wishes(call()))


@api.put("/v1/me/contact-wishes", Act.CALLBACK_WISHES, refusals=(Outdated,))
def set_wishes(body: WishesIn) -> WishesOut:
    """Say what I wish about being called and written to; it counts from the next call and text on."""
    return wishes_out(services().wishing.keep(wishes_of(body), call(wishes_out)))
