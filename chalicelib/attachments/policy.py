"""What may be sent in, by what it is recognised, and when somebody looks again."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .model import Announced, Attachment, Silence, Verdict

LARGEST = 10 * 1024 * 1024  # bytes of a file
MOST_STANDING = 20  # files of a ticket that are there or awaited
# Of all that were ever asked for on a ticket, those that never came or were refused included.
MOST_ASKED = 100
LONGEST_NAME = 120  # characters
UPLOAD_WITHIN = timedelta(minutes=15)
DOWNLOAD_WITHIN = timedelta(seconds=60)
# What was uploaded in the last second of the link is still found.
GRACE = timedelta(minutes=5)
FIRST_BYTES = 4096
# Nobody gave a verdict: looked for after this time, then after twice as long each time, at most a day.
LOOK_AGAIN = timedelta(minutes=10)
LONGEST_LOOK = timedelta(hours=24)
# After two weeks of looking it is for people to say.
MOST_LOOKS = 20

_SEPARATORS = re.compile(r"[/\\]")
_BLANKS = re.compile(r"\s+")
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})


def _is_text(first: bytes) -> bool:
    """Tell whether bytes are UTF-8 without control characters; the last character may be cut in two."""
    try:
        text = first.decode("utf-8")
    except UnicodeDecodeError as broken:
        if broken.reason != "unexpected end of data" or len(first) < FIRST_BYTES:
            return False
        text = first[: broken.start].decode("utf-8")
    return not any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\f" for letter in text)


@dataclass(frozen=True)
class Kind:
    """A kind of file: how its name ends, and how its first bytes look."""

    endings: tuple[str, ...]
    begins: Callable[[bytes], bool]


_RESULTS: Mapping[str, Verdict | Silence] = {
    "": Silence.NOTHING_YET,
    "NO_THREATS_FOUND": Verdict.CLEAN,
    "THREATS_FOUND": Verdict.INFECTED,
}

# Formats that carry programs (office documents, archives, pages, vector pictures) are not among them.
KINDS: Mapping[str, Kind] = {
    "application/pdf": Kind((".pdf",), lambda first: first.startswith(b"%PDF-")),
    "image/jpeg": Kind((".jpg", ".jpeg"), lambda first: first.startswith(b"\xff\xd8\xff")),
    "image/png": Kind((".png",), lambda first: first.startswith(b"\x89PNG\r\n\x1a\n")),
    "image/heic": Kind((".heic", ".heif"), lambda first: first[4:8] == b"ftyp" and first[8:12] in _HEIC),
    "text/plain": Kind((".txt",), _is_text),
}


def cleaned(name: str) -> str:
    """Give a file's name without path, control and invisible characters, and not longer than it may be; perhaps empty.

    Invisible are also those that turn the direction of writing, behind which an ending can be hidden.
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if letter.isspace() else letter for letter in last)
    seen = "".join(letter for letter in seen if unicodedata.category(letter)[0] != "C")
    whole = _BLANKS.sub(" ", seen).strip(" .")
    stem, dot, ending = whole.rpartition(".")
    if len(whole) <= LONGEST_NAME or not dot or len(ending) > 10:
        return whole[:LONGEST_NAME].strip(" .")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}.{ending}"


def faults(announced: Announced) -> list[dict[str, str]]:
    """List what is wrong with an announcement, by field."""
    kind = KINDS.get(announced.content_type)
    found = []
    if announced.size > LARGEST:
        found.append({"field": "size", "code": "too_large"})
    if kind is None:
        found.append({"field": "content_type", "code": "not_one_of"})
    elif not cleaned(announced.name).lower().endswith(kind.endings):
        found.append({"field": "name", "code": "wrong_ending"})
    return found


def mismatch(file: Attachment, size: int, sha256: str, first: bytes) -> str:
    """Name in what that which arrived differs from what was announced; empty if in nothing."""
    if size != file.size:
        return "size"
    if sha256 != file.sha256:
        return "checksum"
    return "" if KINDS[file.content_type].begins(first) else "type"


def found(result: str) -> Verdict | Silence:
    """Read what a scanner says, in the words of GuardDuty; any other word means that it cannot say."""
    return _RESULTS.get(result, Silence.CANNOT_SAY)


def is_look(file: Attachment, why: Silence, now: datetime) -> bool:
    """Tell whether a look without a verdict counts: one before its time does not, as a doubled hint makes it."""
    return file.due_at is not None and (why is Silence.CANNOT_SAY or file.due_at <= now)


def is_up_to_people(file: Attachment, why: Silence, now: datetime) -> bool:
    """Tell whether, after this look at a file, nobody looks again."""
    return is_look(file, why, now) and look_again_at(file.looked + 1, why, now) is None


def look_again_at(looked: int, why: Silence, now: datetime) -> datetime | None:
    """Tell when to look for a verdict again after so many looks; None once looking is over.

    A scanner that cannot say will not say later either.
    """
    if looked >= MOST_LOOKS or why is Silence.CANNOT_SAY:
        return None
    return now + min(LOOK_AGAIN * (1 << min(looked, 10)), LONGEST_LOOK)
