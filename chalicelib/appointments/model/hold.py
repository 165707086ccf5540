"""A hold: time at a counter that is kept for somebody for a while."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import ALPHABET, born

from .catalogue import Channel
from .visits import Stretch, Visit

DUE_SHARDS = 4
# How long whoever asks for a time has it, and the shortest any hold lives; what is offered lives longer.
HOLD_LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class Hold:
    """Everything a booking has to know is in here, and written in its token: booking reads nothing.

    `instead_of` names the appointment that is to be moved there; such a hold makes no new one. With `health`, who comes
    has to declare how they are. `life` is in whole seconds.
    """

    id: str
    branch: str
    unit: str
    timezone: str
    services: tuple[str, ...]
    late_hours: int
    visit: Visit
    channel: Channel
    customer_id: str
    instead_of: str = ""
    health: bool = False
    life: timedelta = HOLD_LIFE
    link: Link = Link()

    @property
    def until(self) -> datetime:
        """The first instant at which it is over."""
        return born(self.id) + self.life

    @property
    def day(self) -> str:
        """Name the branch and the local day of the visit."""
        return day_of(self.branch, self.timezone, self.visit.starts_at)


def day_of(branch: str, timezone: str, at: datetime) -> str:
    """Hash key of the index `day`, of cells and of holds: a branch and a local date."""
    return f"{branch}#{at.astimezone(ZoneInfo(timezone)).date().isoformat()}"


def hold_key(hold: Hold) -> dict[str, str]:
    """Key of a hold: beside the cells of its day."""
    return {"pk": hold.day, "sk": f"hold#{hold.id}"}


def due_shard(id_: str) -> str:
    """Hash key of the index `due`: one of four, by the last character of the id."""
    return f"appointments#{ALPHABET.index(id_[-1]) % DUE_SHARDS}"


def written(hold: Hold) -> str:
    """Write what a token has to say of a hold, short, in letters that need no escape."""
    visit = hold.visit
    facts = [
        hold.id,
        hold.branch,
        hold.unit,
        hold.timezone,
        list(hold.services),
        hold.late_hours,
        [_minute(visit.starts_at), _minute(visit.ends_at)],
        [[it.pool, _minute(it.first), it.count, it.minutes] for it in visit.stretches],
        hold.channel.value,
        hold.customer_id,
        hold.instead_of,
        int(hold.health),
        int(hold.life.total_seconds()),
    ]
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def read(text: str) -> Hold:
    """Read it back; whoever gives it has proved that we wrote it."""
    facts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    id_, branch, unit, timezone, services, late_hours, (starts, ends), stretches, channel, customer, *rest = facts
    # Tokens are out there that were written before a hold had a life of its own.
    instead_of, health, life = rest if len(rest) == 3 else (*rest, HOLD_LIFE.total_seconds())
    runs = tuple(Stretch(pool, _moment(first), count, minutes) for pool, first, count, minutes in stretches)
    return Hold(
        id=id_,
        branch=branch,
        unit=unit,
        timezone=timezone,
        services=tuple(services),
        late_hours=late_hours,
        visit=Visit(_moment(starts), _moment(ends), runs),
        channel=Channel(channel),
        customer_id=customer,
        instead_of=instead_of,
        health=bool(health),
        life=timedelta(seconds=life),
    )


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _moment(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)
