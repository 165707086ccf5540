"""What answers need from outside."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from .model import Answer, Version


class Answers(Protocol):
    """The store of answers."""

    def get(self, id_: str) -> Answer | None:
        """Give an answer with the words of all its versions."""

    def write(self, answer: Answer, records: Sequence[Record], stamp: Stamp | None, new: Version | None = None) -> None:
        """Store an answer in the version it carries, and the words of a new version; raises Changed if it is not as read."""

    def remember(self, stamp: Stamp | None) -> None:
        """Keep the answer to a call that had nothing to change; raises Replayed if this very call was answered before."""

    def library(self, start: Position | None) -> Page[Answer]:
        """List answers without the words of their versions, in the order they were made; as many as one query gives."""


class Units(Protocol):
    """What a unit says about how its cases are handled: `(timezone, calendar, regimes, parent, language)`."""

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]: ...


class Matter(Protocol):
    """What an answer has to know of a case; `facts` by variable, each a text, date, moment, sum or list of rights."""

    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def product(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


class Matters(Protocol):
    """Asks tickets for the facts of one that the caller may see; raises NotFound."""

    def matter(self, id_: str, call: Call) -> Matter: ...


class Words(Protocol):
    """Words outcomes and rights in a language."""

    def words(self, template: str, language: str, facts: Mapping[str, str]) -> str: ...
