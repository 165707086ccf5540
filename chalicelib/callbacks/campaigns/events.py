"""What happened to campaigns; whom they call stands with each call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class CampaignCreated(Event):
    """A campaign is planned; the seed is fixed before anybody is drawn. `first` and `last` are local days."""

    NAME: ClassVar[str] = "campaign.created"
    campaign: str
    unit: str
    seed: str
    first: str
    last: str
    by: str
    quotas: Mapping[str, int]
    plan_sha256: str


@dataclass(frozen=True)
class CampaignDrawn(Event):
    """The sample was drawn: how many cases there were in each stratum, how many of them were drawn, and its SHA-256."""

    NAME: ClassVar[str] = "campaign.drawn"
    campaign: str
    population: Mapping[str, int]
    sample: Mapping[str, int]
    sample_sha256: str


@dataclass(frozen=True)
class CampaignStarted(Event):
    """It calls from now on, for the first time or again."""

    NAME: ClassVar[str] = "campaign.started"
    campaign: str


@dataclass(frozen=True)
class CampaignPaused(Event):
    """Nobody more is called until it is started again; what was begun goes on."""

    NAME: ClassVar[str] = "campaign.paused"
    campaign: str


@dataclass(frozen=True)
class CampaignWentOn(Event):
    """Some more have their turn, and of others it is known how their calls ended, or why there was none."""

    NAME: ClassVar[str] = "campaign.went_on"
    campaign: str
    begun: int
    ends: Mapping[str, int]
    skipped: Mapping[str, int]


@dataclass(frozen=True)
class CampaignOver(Event):
    """It calls nobody any more; `why` says which rule ended it, or that somebody did."""

    NAME: ClassVar[str] = "campaign.over"
    campaign: str
    why: str
    notices: Words


@dataclass(frozen=True)
class CampaignWordRepeated(Event):
    """Nothing was heard of the word the lead is owed, and it is asked for again."""

    NAME: ClassVar[str] = "campaign.word_repeated"
    campaign: str
    notices: Words


@dataclass(frozen=True)
class CampaignWordTaken(Event):
    """The word the lead was owed is on its way, and watched over elsewhere."""

    NAME: ClassVar[str] = "campaign.word_taken"
    campaign: str
    key: str
