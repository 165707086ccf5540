"""How sure one has to be who asks, beyond a session: which act needs what more, and for how long it holds.

Level 1 is a session, begun with a code to the customer's phone or with the institution's own sign-in. Level 2 is that
somebody proved it once more, a moment ago, in this very session.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .access import Act
from .actors import Actor
from .errors import StepUpNeeded
from .risk import Decision

SESSION, PROVEN = 1, 2
# So long what was proved may be taken to open or confirm something.
GRANT_LIFE = timedelta(minutes=10)


@dataclass(frozen=True)
class Need:
    """What an act needs: a level, the methods by which it is reached, and how long ago at most."""

    level: int
    methods: tuple[str, ...]
    within: timedelta


# What is not here needs a session and a right, and nothing else. `step_up` is a code of that purpose to the phone one has.
NEEDS: dict[Act, Need] = {
    Act.PHONE_CHANGE: Need(PROVEN, ("step_up",), timedelta(minutes=10)),
}


def _holds(risk: Decision | None) -> timedelta:
    """Tell how long a proof holds as far as its number goes."""
    if risk is None or (risk.allowed and risk.within is None):
        return timedelta.max
    return timedelta(seconds=risk.within or 0) if risk.allowed else timedelta(0)


def level(actor: Actor, within: timedelta, now: datetime) -> int:
    """Give the level somebody has now, where it holds so long."""
    return PROVEN if actor.proven_at and now < actor.proven_at + within else SESSION


def require(actor: Actor, act: Act, now: datetime, risk: Decision | None = None) -> None:
    """Raise StepUpNeeded, naming the methods that would do, unless somebody is sure enough for an act.

    `risk` is what was decided of the number by which they proved it: it may hold for less long, or no longer.
    """
    need = NEEDS.get(act)
    if need and level(actor, min(need.within, _holds(risk)), now) < need.level:
        raise StepUpNeeded(level=need.level, acceptable=list(need.methods), within=int(need.within.total_seconds()))
