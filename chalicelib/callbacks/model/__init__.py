"""What promised calls are made of."""

from chalicelib.sla.contact import Purpose
from chalicelib.sla.questionnaires import Questionnaire

from .answers import Answers, Said
from .callback import DUE_SHARDS, LETTER, Attempt, Callback, Held, Row, Window, Wish, callback_key, due_shard, month_of
from .contacts import ALWAYS, Barred, Book, Contact, Wishes
from .duty import Colleague
from .refusals import (
    AlreadyPromised,
    CallHeld,
    CallMalformed,
    HasOne,
    NotAWindow,
    NothingToCall,
    NotLeased,
    NotToBeCalled,
    OutsideHours,
    Promised,
    WindowFull,
    WordNeeded,
)
from .states import FREE, NEXT, OPEN, Asker, Outcome, Status

__all__ = [
    "ALWAYS",
    "DUE_SHARDS",
    "FREE",
    "LETTER",
    "NEXT",
    "OPEN",
    "AlreadyPromised",
    "Answers",
    "Asker",
    "Attempt",
    "Barred",
    "Book",
    "CallHeld",
    "CallMalformed",
    "Callback",
    "Colleague",
    "Contact",
    "HasOne",
    "Held",
    "NotAWindow",
    "NotLeased",
    "NotToBeCalled",
    "NothingToCall",
    "Outcome",
    "OutsideHours",
    "Promised",
    "Purpose",
    "Questionnaire",
    "Row",
    "Said",
    "Status",
    "Window",
    "WindowFull",
    "Wish",
    "Wishes",
    "WordNeeded",
    "callback_key",
    "due_shard",
    "month_of",
]
