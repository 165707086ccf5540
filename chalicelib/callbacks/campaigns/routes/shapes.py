"""What is sent and answered about campaigns."""

from datetime import date
from typing import Annotated

from pydantic import Field

from chalicelib.web import Body, Out, Versioned
from chalicelib.web.shapes import Moment

from ..model import By, Campaign, Plan, Row, Stratum

Word = Annotated[str, Field(min_length=1, max_length=64, pattern="^[A-Za-z0-9_-]+$")]
Wanted = Annotated[int, Field(ge=1, le=500)]


class PlanIn(Body):
    """Whom to ask, and how many of them; what is left out is as it usually is.

    The population are the unit's cases that were closed from `closed_from` to `closed_to`, local days, at most 92, of these
    `kinds` and `products`, or of all. `quotas` say how many of each stratum are to be reached, `all` where none are told apart.
    """

    name: str = Field(min_length=1, max_length=100, examples=["Cards, November"])
    unit: Word | None = Field(default=None, examples=["east"])
    closed_from: date = Field(examples=["2026-11-01"])
    closed_to: date = Field(examples=["2026-11-20"])
    kinds: list[Word] = Field(default_factory=list, max_length=10, examples=[["enquiry"]])
    products: list[Word] = Field(default_factory=list, max_length=50, examples=[["cards"]])
    stratify_by: By = Field(default=By.NONE, examples=["kind"])
    quotas: dict[Word, Wanted] = Field(min_length=1, max_length=10, examples=[{"enquiry": 50, "complaint": 20}])
    daily: int = Field(default=20, ge=1, le=200, examples=[20])
    ends_on: date = Field(examples=["2026-12-18"])
    rest_days: int = Field(default=90, ge=0, le=365, examples=[90])
    refused_percent: int = Field(default=30, ge=5, le=100, examples=[30])
    refused_least: int = Field(default=10, ge=1, le=100, examples=[10])

    @property
    def plan(self) -> Plan:
        """What is planned, the days by their names within."""
        told = self.model_dump(exclude={"closed_from", "closed_to", "stratify_by"})
        told |= {"kinds": tuple(self.kinds), "products": tuple(self.products), "unit": self.unit or ""}
        return Plan(**told, by=self.stratify_by, first=self.closed_from, last=self.closed_to)


class StratumOut(Out):
    """How far one stratum is: cases there were, drawn, asked so far, under way, and how the others ended."""

    name: str = Field(examples=["enquiry"])
    quota: int = Field(examples=[50])
    population: int = Field(examples=[812])
    sample: int = Field(examples=[150])
    asked: int = Field(examples=[64])
    open: int = Field(examples=[9])
    ends: dict[str, int] = Field(examples=[{"kept": 41, "unreached": 8, "declined": 2}])
    skipped: dict[str, int] = Field(examples=[{"rested": 3, "do_not_call": 1}])


class CampaignOut(Versioned):
    """A campaign with its plan and how far it is; whoever knows `seed` and the cases can draw the same sample again."""

    id: str = Field(examples=["cmp_01M8324JA0FMXFE81YHNB8MPR8"])
    number: str = Field(examples=["P-20261123-HG75K"])
    name: str = Field(examples=["Cards, November"])
    unit: str = Field(examples=["east"])
    status: str = Field(examples=["running"])
    why: str | None = Field(examples=[None])
    seed: str = Field(examples=["5e" * 16])
    stratify_by: By = Field(examples=["kind"])
    closed_from: date = Field(examples=["2026-11-01"])
    closed_to: date = Field(examples=["2026-11-20"])
    kinds: list[str] = Field(examples=[["enquiry"]])
    products: list[str] = Field(examples=[["cards"]])
    daily: int = Field(examples=[20])
    ends_on: date = Field(examples=["2026-12-18"])
    rest_days: int = Field(examples=[90])
    refused_percent: int = Field(examples=[30])
    refused_least: int = Field(examples=[10])
    created_by: str = Field(examples=["lead-east"])
    created_at: Moment
    strata: list[StratumOut]


class CampaignRowOut(Out):
    """A campaign as a line in a list; `why` once it is over."""

    id: str = Field(examples=["cmp_01M8324JA0FMXFE81YHNB8MPR8"])
    number: str = Field(examples=["P-20261123-HG75K"])
    name: str = Field(examples=["Cards, November"])
    status: str = Field(examples=["running"])
    why: str | None = Field(examples=[None])
    created_at: Moment


_OF_THE_PLAN = ("name", "unit", "daily", "ends_on", "rest_days", "refused_percent", "refused_least")


def campaign_out(campaign: Campaign) -> CampaignOut:
    """Show a campaign."""
    plan = campaign.plan
    strata = campaign.strata or tuple(Stratum(name, quota) for name, quota in sorted(plan.quotas.items()))
    return CampaignOut(
        **{name: getattr(plan, name) for name in _OF_THE_PLAN},
        id=campaign.id,
        number=campaign.number,
        status=campaign.status,
        why=campaign.why,
        seed=campaign.seed,
        stratify_by=plan.by,
        closed_from=plan.first,
        closed_to=plan.last,
        kinds=list(plan.kinds),
        products=list(plan.products),
        created_by=campaign.by,
        created_at=campaign.created_at,
        strata=[_stratum(one) for one in strata],
        version=campaign.version,
    )


def _stratum(stratum: Stratum) -> StratumOut:
    return StratumOut(**{**vars(stratum), "open": len(stratum.open)})


def campaign_row(row: Row) -> CampaignRowOut:
    """Show a campaign as a line."""
    return CampaignRowOut(**{**vars(row), "why": row.why or None})
