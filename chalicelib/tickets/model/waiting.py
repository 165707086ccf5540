"""Waiting for somebody outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from chalicelib.kernel.errors import Conflict, TooMany


class NotPausable(Conflict):
    """No clock that runs may stand for that reason; a statutory clock stands only for what its pack lists."""

    code = "not_pausable"
    such_as: ClassVar[Mapping[str, object]] = {"clock": "cn.nfra.decision", "pausable_for": ["mediation"]}


class Reason(StrEnum):
    """Why a ticket waits. Which clocks stand meanwhile, their packs say."""

    CUSTOMER = "waiting_for_customer"
    THIRD_PARTY = "waiting_for_third_party"
    APPRAISAL = "external_appraisal"
    MEDIATION = "mediation"


@dataclass(frozen=True)
class Wait:
    """Waiting for a reason since an instant, at the longest until another; None where only an outcome ends it."""

    reason: Reason
    since: datetime
    until: datetime | None
    by: str


class UpdateAskedAlready(TooMany):
    """An update was asked for within the last day; the answer is on its way."""

    code = "update_asked_already"
