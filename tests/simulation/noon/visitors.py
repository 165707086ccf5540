"""Who comes, who does not, and what they do when their branch closes."""

import random
import re
from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib.appointments.model import How

DESK = ("card-replacement", "statement-stamp", "safe-deposit")
# What people come for, by branch: some of it can be had at one of the two only.
WANTED = {
    "shanghai-bund": {
        "card-replacement": 35,
        "statement-stamp": 25,
        "safe-deposit": 15,
        "account-opening": 10,
        "mortgage-advice": 10,
        "estate": 5,
    },
    "shanghai-pudong": {"card-replacement": 50, "statement-stamp": 30, "account-opening": 10, "mortgage-advice": 10},
}
MANNERS = {"comes": 82, "late": 7, "stays_away": 5, "cancels": 3, "moves": 3}
# What people do who read that their branch cannot receive them, by what was done for them.
ANSWERS = {
    How.MOVED: {"accepts": 45, "comes": 25, "chooses": 10, "declines": 8, "says_nothing": 12},
    How.ONLINE: {"accepts": 55, "chooses": 20, "declines": 10, "says_nothing": 15},
    How.NOTHING: {"chooses": 50, "declines": 15, "says_nothing": 35},
}
# And what they say when staff ask them.
ASKED = {"chooses": 45, "declines": 25, "comes": 15, "not_reached": 15}
_LINK = re.compile(r"/v1/visits/([\w.~-]+)")


@dataclass
class Visitor:
    """A customer, and everything they did themselves or agreed to on the phone; `did` is their own diary, not ours."""

    customer: str
    phone: str
    manner: str
    offset: timedelta
    needs: tuple[str, ...] = ()
    appointment: str = ""
    generation: int = 0
    link: str = ""
    intends: str = ""
    walked_in: bool = False
    did: list[str] = field(default_factory=list)

    @property
    def english(self) -> bool:
        """Whether they are written to in English; everybody else reads Chinese."""
        return self.phone.startswith("+44")

    def reads(self, body: str) -> None:
        """Keep the link of a text: it is the only one they have."""
        found = _LINK.search(body)
        if found:
            self.link = found[1]


def drawn(chance: random.Random, of: dict[str, int]) -> str:
    """Choose by weight."""
    return chance.choices(list(of), list(of.values()))[0]


def offset(chance: random.Random, manner: str) -> timedelta:
    """Say how long before or after their time somebody comes."""
    late = manner == "late"
    return timedelta(minutes=chance.randint(3, 50) if late else -chance.randint(0, 25))


def phone(number: int) -> str:
    """Give every third an English number, and everybody else a Chinese one."""
    return f"+447400{120000 + number}" if number % 3 == 0 else f"+861380013{number:04}"
