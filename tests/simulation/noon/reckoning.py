"""What became of everybody, and what they were told: reckoned from the ledger and the provider, against their own diaries."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from chalicelib.appointments.model import Appointment, Figure, How, Status
from chalicelib.kernel.events import Link, Record
from chalicelib.records.model import first_fault

from .day import BUND, PUDONG, TODAY, NoonDay, at
from .story import Story
from .visitors import Visitor

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What a customer is told of each step, once; reminders and "come now" come by the clock, and are looked at apart.
_OF_STEP = {
    "appointment.booked": "appointment_booked",
    "appointment.moved": "appointment_moved",
    "appointment.cancelled": "appointment_cancelled",
}
_OF_REBOOKING = {
    How.MOVED: "appointment_rebooked",
    How.ONLINE: "appointment_online",
    How.NOTHING: "appointment_choose",
}
_BY_THE_CLOCK = ("appointment_reminder", "appointment_near")
SAID_NO = {"cancelled", "declined", "declined on the phone", "accepted"}


@dataclass
class Reckoning:
    """The table of a day, and whatever is wrong with it."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    figure: Figure = field(default_factory=Figure)
    records: int = 0
    wrong: list[str] = field(default_factory=list)
    trace: str = ""


def lived(seed: int = 1) -> NoonDay:
    """Let a whole day pass, until the night after it."""
    day = NoonDay(seed)
    Story(day)
    day.live(at(24.5))
    return day


def reckoned(day: NoonDay) -> Reckoning:
    """Account for everybody, and for every text."""
    found = Reckoning(records=sum(map(len, day.tables.chains.values())))
    by_id = {it.id: it for it in day.appointments()}
    for visitor in day.visitors.values():
        visit = by_id.pop(visitor.appointment, None)
        chain = day.tables.chains.get(visitor.appointment, [])
        group = "walked in" if visitor.walked_in else f"booked at {branch_booked(chain)}"
        found.outcomes[group, _outcome(visitor, visit, chain)] += 1
        found.wrong += [f"{visitor.phone}: {fault}" for fault in _faults(visitor, visit, chain)]
        found.wrong += [f"{visitor.phone}: {fault}" for fault in _told_wrongly(day, visitor, chain)]
    found.wrong += [f"{id_} is nobody's" for id_ in by_id]
    for text in day.provider.sent.values():
        language = "staff" if "@" in text.to else "en" if text.to.startswith("+44") else "zh-CN"
        found.texts[text.template, language] += 1
    for branch in (BUND, PUDONG):
        for line in day.services.queueing.days.figures(branch, TODAY, TODAY):
            found.figure = found.figure.plus(line.figure)
    found.wrong += list(_staff_told_wrongly(day))
    found.trace = _trace(day)
    return found


def _trace(day: NoonDay) -> str:
    """Hash how every visit ended, what everybody did, and every text; jobs make ids of their own, which are left out."""
    visits = sorted((it.id, it.status, it.branch, it.starts_at, it.version) for it in day.appointments())
    texts = [(text.to, text.template, text.body) for text in day.provider.sent.values()]
    did = [visitor.did for visitor in day.visitors.values()]
    return hashlib.sha256(repr((visits, texts, did)).encode()).hexdigest()


def branch_booked(chain: list[Record]) -> str:
    """Name the branch a visit was booked at first."""
    return next((str(it.body["branch"]).rpartition("-")[2] for it in chain if it.event == "appointment.booked"), "none")


def _outcome(visitor: Visitor, visit: Appointment | None, chain: list[Record]) -> str:
    """Say in one word what became of a visit."""
    if visit is None:
        return "LOST"
    was, first = visit.rebooking, chain[0].body["branch"]
    rebooked = was is not None
    match visit.status:
        case Status.DONE:
            return "served at the other branch" if visit.branch != first else "served"
        case Status.BOOKED:
            return "comes another day"
        case Status.CANCELLED if rebooked and was.how is How.ONLINE and "accepted" in visitor.did:
            return "does it online"
        case Status.CANCELLED:
            return "declined" if rebooked else "cancelled"
        case Status.NO_SHOW if visit.turn is not None:
            return "left"
        case Status.NO_SHOW:
            return "missed, with an offer open" if rebooked and was.open else "missed"
    return f"STILL {visit.status}"


def _faults(visitor: Visitor, visit: Appointment | None, chain: list[Record]) -> Iterator[str]:
    """Hold the ledger against what the visitor did."""
    if visit is None:
        yield "was forgotten"
        return
    fault = first_fault(visit.id, chain, Link(chain[-1].seq, chain[-1].hash))
    if fault is not None or visit.link != Link(chain[-1].seq, chain[-1].hash):
        yield f"its chain is broken: {fault}"
    did, events = set(visitor.did), Counter(record.event for record in chain)
    said_no = bool(did & (SAID_NO - {"accepted"})) or ("accepted" in did and "read: online" in did)
    if (visit.status is Status.CANCELLED) != said_no:
        yield f"{visit.status}, and they did {visitor.did}"
    if events["appointment.cancelled"] != (visit.status is Status.CANCELLED):
        yield f"cancelled {events['appointment.cancelled']} times"
    if (visit.status is Status.DONE) != ("served" in did) or visitor.did.count("served") > 1:
        yield f"{visit.status}, and they did {visitor.did}"
    moves = {"moved", "chose another day", "chose another day on the phone"}
    if events["appointment.moved"] != sum(it in moves for it in visitor.did):
        yield f"moved {events['appointment.moved']} times, and they did {visitor.did}"
    if visit.status is Status.NO_SHOW and "came" in did and "left without a word" not in did:
        yield f"was sent away, and they did {visitor.did}"
    closed = not visitor.walked_in and visit.branch == BUND and at(12) < visit.starts_at < at(24)
    if closed and visit.status is Status.DONE:
        yield "was received behind closed doors"
    if events["appointment.rebooked"] != sum(it.startswith("read: ") for it in visitor.did):
        yield f"rebooked {events['appointment.rebooked']} times, and they did {visitor.did}"


def _told_wrongly(day: NoonDay, visitor: Visitor, chain: list[Record]) -> Iterator[str]:
    """Hold the texts that left against the steps there were: each once, each in their language."""
    texts = day.provider.to(visitor.phone)
    told = Counter(text.template for text in texts if text.template not in _BY_THE_CLOCK)
    owed = Counter(_owed(chain))
    if told != owed:
        yield f"told {dict(told)}, owed {dict(owed)}"
    for text in texts:
        if bool(_CHINESE.search(text.body)) == visitor.english:
            yield f"{text.template} in the wrong language: {text.body}"
    near = sum(text.template == "appointment_near" for text in texts)
    agreed = sum(
        record.event in ("appointment.booked", "appointment.moved", "appointment.rebooked") for record in chain
    )
    reminded = sum(text.template == "appointment_reminder" for text in texts)
    if near > 1 or reminded > 2 * agreed or len({text.body for text in texts}) != len(texts) - _alike(texts):
        yield f"told to come {near} times, reminded {reminded} times"


def _alike(texts: list) -> int:  # type: ignore[type-arg]
    """Count reminders that say again what the one before said: a day before, and two hours before."""
    bodies = Counter(text.body for text in texts if text.template == "appointment_reminder")
    return sum(count == 2 for count in bodies.values())


_AGREEING = {f"appointment.{what}" for what in ("rebooked", "rebooking_answered", "moved", "kept")}


def _owed(chain: list[Record]) -> Iterator[str]:
    """Name what has to be told of each step; who accepts to do it online has said so, and is told nothing more."""
    answers = [(it.body["how"], it.body["answer"]) for it in chain if it.event == "appointment.rebooking_answered"]
    online = ("online", "accepted") in answers
    for record in chain:
        if record.event in _OF_STEP and not (record.event == "appointment.cancelled" and online):
            yield _OF_STEP[record.event]
        if record.event == "appointment.rebooked":
            yield _OF_REBOOKING[How(record.body["how"])]
        if record.event == "appointment.no_show" and record.body["because"] == "not_come":
            yield "appointment_unanswered" if _unanswered(chain) else "appointment_missed"


def _unanswered(chain: list[Record]) -> bool:
    """Tell whether somebody was last told that their visit cannot take place as agreed, and nothing was agreed since."""
    steps = [it.event for it in chain if it.event in _AGREEING]
    return bool(steps) and steps[-1] == "appointment.rebooked"


def _staff_told_wrongly(day: NoonDay) -> Iterator[str]:
    """Whoever has to be asked is told to the lead once, and nobody else is."""
    mails = Counter(text.id for text in day.provider.sent.values() if text.template == "appointment_to_choose")
    owed = 0
    for chain in day.tables.chains.values():
        owed += sum(it.event == "appointment.rebooking_unanswered" for it in chain)
        owed += sum(it.event == "appointment.rebooked" and it.body["how"] == "nothing" for it in chain)
    if len(mails) != owed:
        yield f"staff were told of {len(mails)} who have to be asked, and there are {owed}"
