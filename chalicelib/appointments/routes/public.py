"""What everybody may ask: what can be had where and when."""

from datetime import date
from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.errors import Invalid, NotFound
from chalicelib.web import Api, Listing, Path, Query, call

from ..model import NotBookable, TooManySearches
from .shapes import BranchOut, ServiceOut, SlotsOut
from .showing import branch_out, service_out, slots_out

public = Api("Branches")

Id = Annotated[str, Path(max_length=64)]
ServiceAsked = Annotated[str, Query(max_length=64)]
Also = Annotated[str | None, Query(max_length=330, pattern="^[A-Za-z0-9_-]+(,[A-Za-z0-9_-]+){0,3}$")]
Since = Annotated[date | None, Query(alias="from")]
Days = Annotated[int, Query(ge=1, le=14)]
Near = Annotated[str | None, Query(max_length=64, pattern=r"^-?\d{1,3}(\.\d{1,9})?,-?\d{1,3}(\.\d{1,9})?$")]


def wanted(service: str, also: str | None) -> list[str]:
    """Give the ids of all services of one visit, in the order they were named."""
    return [service, *(also.split(",") if also else ())]


@public.get("/v1/services", None)
def list_services() -> Listing[ServiceOut]:
    """List what can be done for you, and whether you need to come for it."""
    return Listing(items=[service_out(service) for service in services().availability.services()], next_cursor=None)


@public.get("/v1/branches", None, refusals=(NotFound,))
def list_branches(service: Annotated[str | None, Query(max_length=64)] = None, near: Near = None) -> Listing[BranchOut]:
    """List branches, those for a service if one is named; the nearest to `latitude,longitude` first."""
    found = services().availability.branches(service or "", place(near))
    return Listing(items=[branch_out(branch) for branch in found], next_cursor=None)


@public.get("/v1/branches/{branch}/slots", None, refusals=(NotBookable, TooManySearches))
def list_slots(branch: Id, service: ServiceAsked, also: Also = None, since: Since = None, days: Days = 1) -> SlotsOut:
    """List the free times of some local days, today's if none is named; each empty day says why it is empty."""
    return slots_out(services().availability.slots(branch, wanted(service, also), since, days, call()))


def place(near: str | None) -> tuple[float, float] | None:
    """Read a place; raises Invalid for one that is not on the earth."""
    if near is None:
        return None
    latitude, longitude = (float(part) for part in near.split(","))
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Invalid.field("near", "invalid")
    return latitude, longitude
