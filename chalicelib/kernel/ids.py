"""Ids that sort by time, and the numbers people read to each other."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from ulid import ULID

Entropy = Callable[[int], bytes]

system_entropy: Entropy = os.urandom

# Crockford's base 32, as in the ids: no I, L, O, U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id(prefix: str, now: datetime, entropy: bytes) -> str:
    """Make `<prefix>_<ULID>` from an instant and ten random bytes."""
    # In whole numbers: a float loses the last millisecond of some instants.
    millis = (now - _EPOCH) // timedelta(milliseconds=1)
    return f"{prefix}_{ULID.from_bytes(millis.to_bytes(6, 'big') + entropy[:10])}"


def born(id_: str) -> datetime:
    """Tell when an id was made; anything that is no id of ours raises ValueError."""
    ulid = ULID.from_str(id_.rpartition("_")[2])
    return datetime.fromtimestamp(ulid.milliseconds / 1000, UTC)


@lru_cache(maxsize=256)  # it is asked for with every version of a ticket and every item of it
def number_of(id_: str, letter: str) -> str:
    """Derive the number people use, like T-20261123-7K3QX, from an id.

    The date is the UTC day of registration; four characters are the last twenty bits of the id, the fifth is the check
    character. Two ids may give one number: whoever stores under it does so only if it is free.
    """
    core = f"{born(id_):%Y%m%d}{id_[-4:]}"
    return f"{letter}-{core[:8]}-{core[8:]}{check_character(core)}"


def check_character(core: str) -> str:
    """Give the check character of a number: weighted sum over base 32, weights 3, 5, 7, ... modulo 31.

    31 is prime, so every single wrong character that is not worth 31 more or less, and every swap of neighbours, is found.
    ISO 7064 needs an alphabet with letters that people confuse.
    """
    total = sum((3 + 2 * place) * ALPHABET.index(c) for place, c in enumerate(core))
    return ALPHABET[total % 31]


def is_number(text: str) -> bool:
    """Tell whether a text is a number whose check character is right."""
    letter, _, rest = text.partition("-")
    core = rest.replace("-", "")
    if len(letter) != 1 or len(core) != 13 or any(c not in ALPHABET for c in core):
        return False
    return check_character(core[:-1]) == core[-1]
