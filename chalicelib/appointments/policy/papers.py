"""How far a document is before a visit, what time that saves, and until when files of it are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ..model import (
    Appointment,
    Document,
    Figure,
    Item,
    Paper,
    PaperStanding,
    Sent,
    Service,
    Status,
    Stretch,
    Tally,
    Verdict,
    Visit,
)

# What was sent in for a visit is deleted so long after it.
KEPT_AFTER = timedelta(days=7)
# However much was looked at before, somebody has to be received: so many minutes are left of every visit.
LEAST = 5
_BEING_SCANNED, _CLEAN = "quarantined", "clean"


def documents(services: Iterable[Service]) -> Mapping[str, Document]:
    """Give what to bring for several services, each thing once."""
    return {document.id: document for service in services for document in service.documents}


def newest(files: Iterable[Sent], document: str) -> Sent | None:
    """Give the newest file of a document that can be looked at, or will be once it is scanned."""
    found = [it for it in files if it.purpose == document and it.status in (_BEING_SCANNED, _CLEAN)]
    return max(found, key=lambda it: it.id, default=None)


def item(document: Document, paper: Paper, files: Iterable[Sent]) -> Item:
    """Tell how far a document is; a file that is newer than the one that was judged is to be judged anew."""
    file = newest(files, document.id)
    standing = PaperStanding.BRINGS if paper.brings else PaperStanding.OPEN
    if paper.verdict:
        standing = PaperStanding(paper.verdict)
    if file is None:
        return Item(document, paper, standing)
    clean = file.status == _CLEAN
    if not paper.accepted and file.id > paper.file:
        standing = PaperStanding.TO_CHECK if clean else PaperStanding.SCANNED
    return Item(document, paper, standing, file.id, clean)


def judged(paper: Paper, verdict: Verdict, reason: str, file: str) -> Paper:
    """Give a document as it was judged now."""
    return replace(paper, verdict=verdict.value, reason=reason, file=file or paper.file, checks=paper.checks + 1)


def shortened(appointment: Appointment, services: Sequence[Service]) -> Appointment:
    """Give a visit without the minutes that its accepted documents save, which are taken off at its end.

    `services` are those of the visit, in order. Only those done at the last counter count: what is done before keeps its time,
    so that nobody has to be anywhere earlier than agreed. What was taken off stays off.
    """
    visit = appointment.visit
    if visit is None or not services:
        return appointment
    last = visit.stretches[-1]
    planned = int((visit.ends_at - visit.starts_at).total_seconds()) // 60 + appointment.saved
    saves = max(appointment.saved, min(_saves(appointment, services), planned - LEAST))
    cells = min(saves // last.minutes - appointment.saved // last.minutes, last.count - 1)
    ends = visit.ends_at - timedelta(minutes=saves - appointment.saved)
    stretches = (*visit.stretches[:-1], replace(last, count=last.count - cells))
    return replace(appointment, saved=saves, ends_at=ends, visit=replace(visit, ends_at=ends, stretches=stretches))


def _saves(appointment: Appointment, services: Sequence[Service]) -> int:
    accepted = {paper.document for paper in appointment.papers if paper.accepted}
    saves = 0
    for service in reversed(services):
        if service.pool != services[-1].pool:
            break
        saves += sum(document.saves for document in service.documents if document.id in accepted)
    return saves


def freed(before: Appointment, after: Appointment) -> Visit | None:
    """Give the cells that a visit had and has no more; None if there are none."""
    if before.visit is None or after.visit is None:
        return None
    was, left = before.visit.stretches[-1], after.visit.stretches[-1].count
    if left == was.count:
        return None
    rest = Stretch(was.pool, was.first + timedelta(minutes=was.minutes * left), was.count - left, was.minutes)
    return Visit(rest.first, rest.ends_at, (rest,))


def checked(before: Appointment, after: Appointment) -> Tally | None:
    """Say what looking at a document adds to the sums of the branch, the day and the first service of the visit."""
    again = sum(it.checks - before.paper(it.document).checks for it in after.papers if not it.accepted)
    figure = Figure(saved=after.saved - before.saved, asked_again=again)
    branch, _, day = after.day.partition("#")
    return Tally(branch, day, after.services[0], figure) if figure.counted else None


def kept_until(appointment: Appointment) -> datetime:
    """Tell until when files of a visit are kept; of one that does not take place nothing is kept any longer."""
    if appointment.status == Status.CANCELLED:
        return appointment.booked_at
    return appointment.ends_at + KEPT_AFTER
