"""Documents that are looked at before a visit: ticked, sent in, found good or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.errors import Changed, NotAllowedNow, NotFound
from chalicelib.kernel.events import Event, Record
from chalicelib.kernel.notices import Notice
from chalicelib.kernel.paging import Page, Position

from .. import events, policy
from ..model import (
    FLAWS,
    Appointment,
    Checklist,
    Document,
    Item,
    Paper,
    PaperNotReady,
    PaperStanding,
    Prepared,
    Row,
    Sent,
    Service,
    Status,
    Verdict,
)
from ..ports import Days, Files
from .changing import Changing
from .queueing import Queueing

_WAITING = (PaperStanding.SCANNED, PaperStanding.TO_CHECK)


@dataclass(frozen=True)
class Found:
    """What a clerk found of a document: `file` is the one they looked at, `reason` what is wrong with it."""

    verdict: Verdict
    reason: str = ""
    file: str = ""


@dataclass(frozen=True)
class Papers:
    """Whoever is not signed in names a visit by its link; until it begins, its documents may be said and seen to."""

    changing: Changing
    queueing: Queueing
    days: Days
    files: Files

    def checklist(self, id_: str, call: Call) -> Checklist:
        """Give what to bring, and how far each thing is."""
        return self.listed(self._mine(id_, Act.APPOINTMENT_READ, call))

    def listed(self, appointment: Appointment) -> Checklist:
        """See the documents of a visit as a list."""
        files = self.files.of(appointment.id)
        wanted = policy.documents(self._services(appointment)).values()
        items = tuple(policy.item(document, appointment.paper(document.id), files) for document in wanted)
        return Checklist(
            appointment.id,
            appointment.number,
            appointment.starts_at,
            appointment.ends_at,
            items,
            appointment.saved,
            appointment.version,
        )

    def waiting(self, branch_id: str, limit: int, start: Position | None, call: Call) -> Page[Row]:
        """List the visits of a branch with documents it has to look at, the next first; raises NotFound."""
        access.require(call.actor, Act.PAPER_CHECK)
        branch = self.queueing.branch(branch_id)
        access.require_on(call.actor, Act.PAPER_CHECK, unit=branch.unit)
        return self.changing.store.unseen(branch.id, limit, start)

    def tick(self, id_: str, document: str, brings: bool, call: Call) -> Appointment:
        """Say of a document that one will bring it, or not; raises NotFound for another one, NotAllowedNow."""

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            paper = self._paper(before, document)
            _waits(before)
            if paper.brings == brings:
                return None
            after = before.knowing(replace(paper, brings=brings))
            return after, events.PaperTicked(before.id, document, brings)

        return self.changing.apply(lambda: self._mine(id_, Act.PAPER_ADD, call), change, call, self.changing.saved)

    def check(self, id_: str, document: str, what: tuple[Verdict, str, str], call: Call) -> Appointment:
        """Say what was found of a document, as the branch: verdict, what is wrong with it, and the file that was looked at.

        One that was accepted stays so.
        Raises NotFound, NotAllowedNow, PaperNotReady where there is no clean file to judge, and Changed where a newer one came
        than the one that was looked at.
        """
        mine, found = self._mine(id_, Act.PAPER_CHECK, call), Found(*what)
        files = self.files.of(mine.id)

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            paper = self._paper(before, document)
            _waits(before)
            if paper.accepted and found.verdict is Verdict.ACCEPTED:
                return None
            if paper.accepted:
                raise NotAllowedNow(state=paper.verdict, allowed=[])
            file = _seen(policy.item(self._documents(before)[document], paper, files), found)
            judged = policy.judged(paper, found.verdict, found.reason, file)
            if replace(judged, checks=paper.checks) == paper:  # said again: nobody is told twice
                return None
            after = before.knowing(judged)
            after = self._looked_at(policy.shortened(after, self._services(before)), files)
            told = events.PaperChecked(
                before.id, document, found.verdict, found.reason, file, after.saved - before.saved
            )
            return self._told(after, after.paper(document), call), told

        return self.changing.apply(self.changing.again(mine), change, call, self._checked)

    # --- what whoever keeps the files asks and tells -------------------------------------------------------------------

    def reach(self, id_: str, act: Act, call: Call) -> Prepared:
        """Give a visit the caller may do this to, named by a link if they are not signed in."""
        mine = self._mine(id_, act, call)
        documents = frozenset(self._documents(mine))
        return Prepared(mine.id, mine.status, mine.status == Status.BOOKED, documents, policy.kept_until(mine))

    def sources(self, id_: str, act: Act, call: Call) -> Iterator[str]:
        """Name the visit itself: no other shares its files."""
        yield self._mine(id_, act, call).id

    def kept_until(self, id_: str) -> datetime | None:
        """Tell until when files of a visit are kept, as it stands now."""
        return policy.kept_until(self.changing.found(id_))

    def file_came(self, id_: str, at: datetime, call: Call) -> None:
        """Hear that a file came: the branch has to look at it, if the visit is still to be."""

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            if before.unseen is not None or before.status != Status.BOOKED:
                return None
            return replace(before, unseen=at), events.PaperCame(before.id, at)

        self.changing.apply(lambda: self.changing.found(id_), change, call, self.changing.saved)

    def file_infected(self, id_: str, attachment: str, by_staff: bool, call: Call) -> None:
        """Hear that a file was infected: the customer is told, unless staff sent it in."""
        word = Notice(f"infected/{attachment}", "appointment_file_infected", "customer", call.now, tries=0)
        if not by_staff:
            self._tell(id_, word, events.PaperInfected(id_, attachment), call)

    def file_unscanned(self, id_: str, attachment: str, call: Call) -> None:
        """Hear that no scanner will say what a file is: the lead of the branch's unit is told, who may say it."""
        word = Notice(f"unscanned/{attachment}", "appointment_file_unscanned", "lead", call.now, tries=0)
        self._tell(id_, word, events.PaperUnscanned(id_, attachment), call)

    def _tell(self, id_: str, word: Notice, told: Event, call: Call) -> None:
        """Owe word about a file, once, as long as the visit is still to be."""

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            if before.status != Status.BOOKED or any(notice.key == word.key for notice in before.notices):
                return None
            return replace(before, notices=(*before.notices, word)), told

        self.changing.apply(lambda: self.changing.found(id_), change, call, self.changing.saved)

    def _mine(self, id_: str, act: Act, call: Call) -> Appointment:
        if Role.ANONYMOUS in call.actor.roles:
            return self.changing.by_link(id_)
        return self.changing.reach(id_, act, call)

    def _services(self, appointment: Appointment) -> Sequence[Service]:
        return self.queueing.known(appointment.services)

    def _documents(self, appointment: Appointment) -> Mapping[str, Document]:
        return policy.documents(self._services(appointment))

    def _paper(self, appointment: Appointment, document: str) -> Paper:
        if document not in self._documents(appointment):
            raise NotFound
        return appointment.paper(document)

    def _looked_at(self, after: Appointment, files: Sequence[Sent]) -> Appointment:
        """Give a visit as nothing is waiting for a look at it any more, once nothing is."""
        wanted = self._documents(after).values()
        waits = any(policy.item(it, after.paper(it.id), files).standing in _WAITING for it in wanted)
        return after if waits else replace(after, unseen=None)

    def _told(self, after: Appointment, paper: Paper, call: Call) -> Appointment:
        """Let the customer be told what is missing or has to be replaced; nobody is told what is fine."""
        if paper.accepted:
            return after
        said = {"paper": self._documents(after)[paper.document].name, "reason": FLAWS[paper.reason]}
        facts = {f"{name}:{language}": word for name, words in said.items() for language, word in words.items()}
        key, missing = f"paper/{paper.document}", paper.verdict == Verdict.MISSING
        template = "appointment_paper_missing" if missing else "appointment_paper_replace"
        word = Notice(f"{key}/{paper.checks}", template, "customer", call.now, 0, facts)
        # Of one document only the last word counts.
        others = (it for it in after.notices if not it.key.startswith(f"{key}/"))
        return replace(after, notices=(*others, word))

    def _checked(self, after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.days.keep(after, records, stamp, policy.checked(before, after), freed=policy.freed(before, after))


def _waits(appointment: Appointment) -> None:
    """Raise NotAllowedNow once a visit has begun or is over."""
    appointment.moved(Status.CANCELLED, out_of=(Status.BOOKED,))


def _seen(item: Item, found: Found) -> str:
    """Give the file that was judged; raises unless that is the newest one, and clean. Of what is missing there may be none."""
    if found.verdict is Verdict.MISSING:
        return item.file if item.clean else ""
    if not item.clean:
        raise PaperNotReady(state=item.standing.value)
    if item.file != found.file:
        raise Changed
    return item.file
