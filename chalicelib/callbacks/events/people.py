"""What those who are called answered, and what they wish about being called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class CallbackAnswered(Event):
    """The customer was asked how it was; `scores` are what can be counted, `sha256` that of all they answered.

    `unhappy` names the questions that say they are not content; `reopen` if they want it taken up again.
    """

    NAME: ClassVar[str] = "callback.answered"
    callback: str
    questionnaire: str
    scores: Mapping[str, int]
    unhappy: tuple[str, ...]
    reopen: bool
    agent: str
    sha256: str


@dataclass(frozen=True)
class CallbackRecovered(Event):
    """The ticket knows that the customer is not content: somebody makes it good."""

    NAME: ClassVar[str] = "callback.recovery_asked"
    callback: str
    ticket: str


@dataclass(frozen=True)
class WishesKept(Event):
    """Somebody said what they wish about being called and written to."""

    NAME: ClassVar[str] = "contact.wishes_kept"
    customer: str
    do_not_call: bool
    consents: tuple[str, ...]
    refuses: tuple[str, ...]


@dataclass(frozen=True)
class RefusalKept(Event):
    """Somebody refused to be called for a purpose, until an instant."""

    NAME: ClassVar[str] = "contact.refusal_kept"
    customer: str
    purpose: str
    until: datetime
