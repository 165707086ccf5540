"""Word that is owed to somebody, and when it is asked for again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

# Longer than any queue of ours keeps a message in flight; then twice as long each time, at most a day.
ASK_AGAIN = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=24)

# Keys of warnings begin with it, and go on with the clock and the start of its run.
WARNING = "warning"


@dataclass(frozen=True)
class Notice:
    """Somebody has to be told something: asked for `tries` times so far, last at `asked_at`, until it is taken over.

    With no tries yet, `asked_at` is when to ask for the first time, such as the next morning.

    `key` says what it is about ("acknowledgement", "warning/<clock>/<its start>/75/lead") and makes it one word however
    often it is asked for; `to` is customer, owner, lead, head or compliance; those of a task, if it is about one.
    """

    key: str
    template: str
    to: str
    asked_at: datetime
    tries: int = 1
    facts: Mapping[str, str] = field(default_factory=dict)
    task: int | None = None

    def asked(self, now: datetime) -> "Notice":
        """Give it asked for once more."""
        return replace(self, asked_at=now, tries=self.tries + 1)

    def word(self, **whose: Any) -> dict[str, Any]:
        """Write it as an event carries it: whom to tell what, about which number and unit, in which language."""
        return {
            "key": self.key,
            "template": self.template,
            "to": self.to,
            "tries": self.tries,
            **whose,
            "facts": dict(self.facts),
        }


def postponed(notices: Sequence[Notice], key: str, until: datetime) -> tuple[Notice, ...]:
    """Give notices with the one of a key as it is when it must not go out before an instant: as if nobody had asked yet.

    One that was asked for since then is left alone: what says so came late.
    """
    return tuple(
        replace(it, asked_at=until, tries=0) if it.key == key and it.asked_at < until else it for it in notices
    )


def ask_again_at(notice: Notice) -> datetime:
    """Tell when a word that nobody has taken over is asked for, or asked for again."""
    if notice.tries == 0:
        return notice.asked_at
    return notice.asked_at + min(ASK_AGAIN * (1 << min(notice.tries - 1, 8)), LONGEST_WAIT)
