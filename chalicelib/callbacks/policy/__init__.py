"""The numbers and rules of promised calls."""

from .budget import barred, forbidden
from .order import KEPT_FOR, SUPPORT_CREDIT, because, place, suited, withheld
from .scheduling import HEADS_UP, heads_up_at, lapses_at, late_at, over_at, ready_at, scheduled
from .trying import KEEP_TRYING, LEASE, MOST_TRIES, RULES, Rule, exhausted, next_try, part_of
from .windows import (
    ALTERNATIVES,
    CALLS_PER_AGENT,
    HORIZON,
    LENGTH,
    NOW,
    at_once,
    fitting,
    lawful,
    most,
    nearest,
    next_open,
    wanted,
    windows,
)
from .words import word_said, word_written

__all__ = [
    "ALTERNATIVES",
    "CALLS_PER_AGENT",
    "HEADS_UP",
    "HORIZON",
    "KEEP_TRYING",
    "KEPT_FOR",
    "LEASE",
    "LENGTH",
    "MOST_TRIES",
    "NOW",
    "RULES",
    "SUPPORT_CREDIT",
    "Rule",
    "at_once",
    "barred",
    "because",
    "exhausted",
    "fitting",
    "forbidden",
    "heads_up_at",
    "lapses_at",
    "late_at",
    "lawful",
    "most",
    "nearest",
    "next_open",
    "next_try",
    "over_at",
    "part_of",
    "place",
    "ready_at",
    "scheduled",
    "suited",
    "wanted",
    "windows",
    "withheld",
    "word_said",
    "word_written",
]
