"""One table of an institution's file, read strictly."""

import re
from dataclasses import dataclass, field
from typing import Any

_WORD = re.compile(r"[^\s,][^,]{0,63}")
_REGION = re.compile(r"[A-Z]{2}")
_LONGEST = 200


class Regions:
    """Phone regions: two letters."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and bool(_REGION.fullmatch(value))


@dataclass
class Entry:
    """One table of the file: what is asked for is taken, what is wrong is noted, what is left is unknown."""

    where: str
    data: dict[str, Any]
    faults: list[str]
    asked: set[str] = field(default_factory=set)

    def take(self, name: str, kind: type, default: Any = None) -> Any:
        self.asked.add(name)
        if name not in self.data and default is not None:
            return default
        value = self.data.get(name)
        if type(value) is not kind:
            self.fault(name, "is missing" if value is None else f"must be {_SAID[kind]}")
            return kind()
        return value

    def text(self, name: str, default: str | None = None) -> str:
        text: str = self.take(name, str, default)
        if isinstance(self.data.get(name), str) and not (text.strip() == text and 0 < len(text) <= _LONGEST):
            self.fault(name, f"must be 1 to {_LONGEST} characters without spaces around")
        return text

    def one_of(self, name: str, known: Any) -> str:
        value = self.text(name)
        if value and value not in known:
            self.fault(name, f"unknown: {value}")
        return value

    def some_of(self, name: str, known: Any, default: Any = None) -> tuple[str, ...]:
        found = self.take(name, list, default)
        for value in found:
            if not isinstance(value, str) or value not in known:
                self.fault(name, f"unknown: {value}")
        if len({str(value) for value in found}) < len(found):
            self.fault(name, "says something twice")
        return tuple(str(value) for value in found)

    def words(self, name: str) -> tuple[str, ...]:
        found = self.take(name, list, [])
        for value in found:
            if not isinstance(value, str) or not _WORD.fullmatch(value):
                self.fault(name, f"is no topic or product: {value}")
        return tuple(str(value) for value in found)

    def share(self, name: str) -> float:
        self.asked.add(name)
        value = self.data.get(name, 1.0)
        if type(value) not in (int, float) or not 0 < value <= 2 or round(value, 2) != value:
            self.fault(name, "must be a share from 0.01 to 2, in hundredths")
            return 1.0
        return float(value)

    def done(self) -> None:
        for name in sorted(self.data.keys() - self.asked):
            self.fault(name, "is not known here")

    def fault(self, name: str, what: str) -> None:
        self.faults.append(f"{self.where}.{name}: {what}")


_SAID = {str: "a text", int: "a whole number", list: "a list", bool: "true or false", dict: "a table"}
