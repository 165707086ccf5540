"""Campaigns at the desk: plan, draw, start, pause, stop, and how far they are."""

import json
from typing import Annotated, Any, Literal

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, Invalid, NotAllowedNow, NotFound, Outdated
from chalicelib.web import Api, Listing, Path, Query, Response, call, given, sealed

from ..model import PopulationTooLarge
from .shapes import CampaignOut, CampaignRowOut, PlanIn, campaign_out, campaign_row

desk = Api("Campaigns", door="desk")

CHANGING = (NotFound, NotAllowedNow, Outdated)
Id = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Unit = Annotated[str | None, Query(max_length=64)]
Format = Annotated[Literal["json", "csv"], Query()]


@desk.post("/v1/desk/campaigns", Act.CAMPAIGN_RUN, status=201, refusals=(NotFound, Invalid))
def create_campaign(body: PlanIn) -> CampaignOut:
    """Plan a campaign; nobody is drawn or called yet, and the seed that decides who will be is fixed."""
    return campaign_out(services().campaigns.create(body.plan, call(campaign_out)))


@desk.get("/v1/desk/campaigns", Act.CAMPAIGN_READ, refusals=(NotFound, CursorInvalid))
def list_campaigns(unit: Unit = None, limit: Limit = 25, cursor: Cursor = None) -> Listing[CampaignRowOut]:
    """List the campaigns of a unit, newest first; of mine if none is named."""
    bound = ("campaigns", unit or "")
    page = services().campaigns.list(unit or "", limit, given(cursor, *bound), call())
    return Listing(items=[campaign_row(row) for row in page.items], next_cursor=sealed(page.next, *bound))


@desk.get("/v1/desk/campaigns/{campaign}", Act.CAMPAIGN_READ, refusals=(NotFound,))
def get_campaign(campaign: Id) -> CampaignOut:
    """Show a campaign, and what has come of its calls by now."""
    return campaign_out(services().campaigns.shown(campaign, call()))


@desk.get(
    "/v1/desk/campaigns/{campaign}/figures", Act.CAMPAIGN_READ, raw="application/json, text/csv", refusals=(NotFound,)
)
def campaign_figures(campaign: Id, format: Format = "json") -> Response[Any]:
    """Count what has come of each stratum by now, and of how many who were called the share that was reached."""
    running = services().campaigns
    rows = running.figures(campaign, call())
    if format == "json":
        return Response(200, "application/json", json.dumps({"rows": rows}))
    return Response(200, "text/csv; charset=utf-8", running.csv(rows))


@desk.post("/v1/desk/campaigns/{campaign}/draw", Act.CAMPAIGN_RUN, refusals=(*CHANGING, PopulationTooLarge))
def draw_campaign(campaign: Id) -> CampaignOut:
    """Draw who is called, once: by the seed, from the cases closed in the days of the plan."""
    return campaign_out(services().campaigns.draw(campaign, call(campaign_out)))


@desk.post("/v1/desk/campaigns/{campaign}/start", Act.CAMPAIGN_RUN, refusals=CHANGING)
def start_campaign(campaign: Id) -> CampaignOut:
    """Let it call, for the first time or after a pause."""
    return campaign_out(services().campaigns.start(campaign, call(campaign_out)))


@desk.post("/v1/desk/campaigns/{campaign}/pause", Act.CAMPAIGN_RUN, refusals=CHANGING)
def pause_campaign(campaign: Id) -> CampaignOut:
    """Let it call nobody more until it is started again; calls that were announced are made."""
    return campaign_out(services().campaigns.pause(campaign, call(campaign_out)))


@desk.post("/v1/desk/campaigns/{campaign}/stop", Act.CAMPAIGN_RUN, refusals=CHANGING)
def stop_campaign(campaign: Id) -> CampaignOut:
    """End it for good; calls that were announced are made."""
    return campaign_out(services().campaigns.stop(campaign, call(campaign_out)))
