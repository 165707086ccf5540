"""The ticket and what belongs to it: its clocks as facts, its messages, the word it owes."""

from .clocks import BREACH, ClockFacts
from .conversation import Author, Message, Visibility
from .notices import Notice
from .rows import Row
from .ticket import DUE_SHARDS, Channel, ConflictOfInterest, Kind, Ticket, desk_key, due_shard, ticket_key

__all__ = [
    "BREACH",
    "DUE_SHARDS",
    "Author",
    "Channel",
    "ClockFacts",
    "ConflictOfInterest",
    "Kind",
    "Message",
    "Notice",
    "Row",
    "Ticket",
    "Visibility",
    "desk_key",
    "due_shard",
    "ticket_key",
]
