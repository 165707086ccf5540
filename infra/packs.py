"""`python -m infra.packs check <file>` and `python -m infra.packs dry-run <file>`: for who writes packs.

`check` reads one version of a pack, of the escalation policy, of the contact rules, of the table of signals or of the
words that sound like a complaint, as strictly as Dutydesk does, and works out three dates for each rule of a pack.
`dry-run` reads the open cases of a deployment and lists the clocks that would be others under this version, though every
case keeps the version it was received under. Neither writes anything.

Exit code: 0 all is well, 1 the file is wrong, 2 the cases cannot be read.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.identity.store import DynamoDirectory
from chalicelib.kernel import clock as instants
from chalicelib.kernel.errors import Unavailable
from chalicelib.sla.calendars import DAY, Calendar
from chalicelib.sla.clocks import Due, Extension, due
from chalicelib.sla.contact import ContactFile, Hours, read_contact
from chalicelib.sla.escalation import EscalationPolicy, read_policy
from chalicelib.sla.pack_files import read_pack
from chalicelib.sla.packs import PackError, Packs, UnknownPackError
from chalicelib.sla.questionnaires import Kind, Question, Questionnaire, read_questionnaire
from chalicelib.sla.recognition import Recognition, read_recognition
from chalicelib.sla.rules import Pack, Rule, Status
from chalicelib.sla.trials import Difference, dry_run
from chalicelib.tickets.store import DynamoTickets
from chalicelib.verification.signals.model import Rules
from chalicelib.verification.signals.policy import read_rules
from infra.packs_cases import open_cases, reach

FOLDER = Path(__file__).parents[1] / "chalicelib" / "packs"
WRONG, UNREADABLE = 1, 2
_TEN = time(10)


def checked(pack: Pack, packs: Packs, unit_calendar: str) -> Iterator[str]:
    """Say what a version promises, rule by rule, with three dates each to compare with the text of the regulator."""
    calendar = packs.calendar_for(pack, unit_calendar)
    yield f"{pack.ref}: {pack.title['en']} / {pack.title['zh']}"
    until = f" until {pack.effective_to}" if pack.effective_to else ""
    yield f"in force from {pack.effective_from}{until}, counted on {calendar.id} in {calendar.timezone}, {pack.status}"
    if pack.status is Status.CONFIRM_BEFORE_USE:
        yield "! confirm every number with your own reading of the text, then set the status to confirmed"
    for rule in pack.rules:
        yield ""
        yield from _rule(rule, calendar, _receipts(pack, calendar))


def _rule(rule: Rule, calendar: Calendar, receipts: list[date]) -> Iterator[str]:
    duty = "" if rule.binding else ", no duty"
    yield f"{rule.id}: {rule.name['en']} / {rule.name['zh']}"
    yield f"  {rule.count} {rule.unit} from {rule.start}{duty}; for {', '.join(sorted(rule.kinds))}"
    yield f"  {rule.basis}, {rule.clause or 'our own'}; confidence {rule.confidence}; {rule.source}"
    if not rule.enabled:
        yield f"  ! switched off: {' '.join(rule.note.split())}"
        return
    for day in receipts:
        start = datetime.combine(day, _TEN, calendar.zone)
        yield f"  {start:%a %Y-%m-%d %H:%M} -> {_last(due(rule, calendar, start))}"
    for step in rule.extensions:
        start = datetime.combine(receipts[0], _TEN, calendar.zone)
        longer = due(rule, calendar, start, extensions=[Extension(step.id, step.to_total, start)])
        yield f"  {start:%a %Y-%m-%d %H:%M}, {step.id} -> {_last(longer)}; approval: {step.approval or 'nobody named'}"


def _last(found: Due) -> str:
    mark = ", provisional" if found.provisional else ""
    return f"{found.date:%a %Y-%m-%d}, too late from {instants.text(found.at)}{mark}"


def _receipts(pack: Pack, calendar: Calendar) -> list[date]:
    """Choose an ordinary Wednesday, the last working day before the longest holiday, and the middle of December."""
    year = max(calendar.published_through.year, pack.effective_from.year)
    if pack.effective_to is not None:
        year = min(year, pack.effective_to.year)
    days = [date(year, 1, 1) + DAY * n for n in range(340)]
    longest = max(days, key=lambda day: _closed_after(calendar, day))
    ordinary = next(day for day in days if day.month >= 3 and day.weekday() == 2 and calendar.is_working(day))
    return [ordinary, longest, date(year, 12, 15)]


def _closed_after(calendar: Calendar, day: date) -> int:
    """Count the days in a row after a working day that are not worked."""
    run = 0
    while calendar.is_working(day) and run < 60 and not calendar.is_working(day + DAY * (run + 1)):
        run += 1
    return run


def escalated(policy: EscalationPolicy) -> Iterator[str]:
    """Say who is told when under a version of the escalation policy."""
    yield f"{policy.ref}: {policy.title['en']} / {policy.title['zh']}, in force from {policy.effective_from}"
    for level in policy.levels:
        others = [f"{severity}: {', '.join(policy.recipients(level, severity))}" for severity in policy.also]
        yield f"  {level.percent} %: {level.tell}, {level.hours} hours; at once and to more if {'; '.join(others) or 'never'}"
    yield f"  a warning older than {policy.stale_after} is dropped if the next level is reached"


def listened(found: Recognition) -> Iterator[str]:
    """Say what is listened for under a version of the words of dissatisfaction."""
    yield f"{found.ref}: {found.title['en']} / {found.title['zh']}, in force from {found.effective_from}"
    for language, words in found.words.items():
        yield f"  {language}: {', '.join(words)}"


def called(found: ContactFile) -> Iterator[str]:
    """Say when people of a country are called and written to under a version of its contact rules."""
    yield f"{found.ref}: {found.title['en']} / {found.title['zh']}, in force from {found.effective_from}"
    for rule in found.rules.values():
        days = {"Mon-Fri": rule.weekdays, "Sat": rule.saturday, "Sun": rule.sunday}
        days |= {"holidays": rule.holidays, "chosen": rule.chosen}
        hours = ", ".join(f"{day} {a:%H:%M}-{b:%H:%M}" for day, (a, b) in _given(days))
        yield f"  {rule.purpose}: {hours}; at most {rule.per_day} {rule.counts} a day and {rule.per_week} a week"
        yield f"    {'only with consent; ' if rule.consent else ''}a refusal stands {rule.refusal_days} days; {rule.source}"
    for kind in dict.fromkeys(found.texts.values()):
        named = ", ".join(text for text, purpose in found.texts.items() if purpose is kind)
        yield f"  texts that are {'owed' if kind is None else kind}: {named}"


def asked_in_calls(found: Questionnaire) -> Iterator[str]:
    """Say what is asked under a version of a questionnaire, and which answer says that somebody is not content."""
    yield f"{found.ref}: {found.title['en']} / {found.title['zh']}, in force from {found.effective_from}"
    for question in found.questions:
        optional = ", optional" if question.optional else ""
        yield f"  {question.id} ({question.kind}{optional}{_unhappy(question)}): {question.text['en']}"
        yield f"    {question.text['zh']}"


def _unhappy(question: Question) -> str:
    if question.unhappy is None:
        return ""
    if question.kind is Kind.YES_NO:
        return f"; not content: {'yes' if question.unhappy else 'no'}"
    return f"; not content: {question.unhappy} or less"


def trusted(found: Rules) -> Iterator[str]:
    """Say when a phone number is not trusted as usual under a version of the table of signals."""
    yield f"{found.ref}: {found.title['en']} / {found.title['zh']}, in force from {found.effective_from}"
    yield f"  asked before {', '.join(sorted(found.asks)) or 'nothing'}"
    yield f"  believed for {found.answered}, without an answer for {found.unanswered}"
    for row in found.rows:
        when = " and ".join(f"{signal} is {' or '.join(sorted(values))}" for signal, values in row.when.items())
        within = f", for {row.within}" if row.within is not None else ""
        yield f"  {row.id}: {', '.join(sorted(row.uses))}: if {when}: {row.outcome}{within}"


def _given(days: dict[str, Hours | None]) -> Iterator[tuple[str, Hours]]:
    return ((day, hours) for day, hours in days.items() if hours)


def told(found: Difference) -> str:
    """Write one difference as a line."""
    before, after = (_short(due) if due else "-" for due in (found.before, found.after))
    return f"{found.case}  {found.rule}  {found.effect}  {before} -> {after}  ({'; '.join(found.why)})"


def _short(found: Due) -> str:
    return f"{found.date}{' provisional' if found.provisional else ''}"


def _check(asked: argparse.Namespace) -> int:
    for line in _told_of(asked):
        print(line)
    return 0


def _told_of(asked: argparse.Namespace) -> Iterator[str]:
    match asked.file.parent.name:
        case "escalation":
            return escalated(read_policy(asked.file))
        case "contact":
            return called(read_contact(asked.file))
        case "questionnaires":
            return asked_in_calls(read_questionnaire(asked.file))
        case "signals":
            return trusted(read_rules(asked.file))
        case "recognition":
            return listened(read_recognition(asked.file))
    packs, pack = Packs.load(asked.packs), read_pack(asked.file)
    return checked(pack, packs.including(pack), asked.calendar)


def _dry_run(asked: argparse.Namespace) -> int:
    packs, new = Packs.load(asked.packs), read_pack(asked.file)
    tables = reach(asked.data, asked.prefix)
    cases = open_cases(DynamoTickets(tables), DynamoDirectory(tables), packs)
    found = 0
    for _, differences in groupby(dry_run(cases, new, packs, instants.now()), key=lambda one: one.case):
        found += 1
        for difference in differences:
            print(told(difference))
    print(f"{found} open cases would change under {new.ref}; they keep the version they were received under")
    return 0


def main(arguments: list[str]) -> int:
    """Do what was asked; give the exit code."""
    reading = argparse.ArgumentParser(prog="python -m infra.packs", description=(__doc__ or "").partition("\n")[0])
    reading.add_argument("--packs", type=Path, default=FOLDER, help="the folder of packs, default that of Dutydesk")
    acts = reading.add_subparsers(required=True, metavar="check | dry-run")
    for name, act, purpose in (("check", _check, "read one file"), ("dry-run", _dry_run, "try it on open cases")):
        one = acts.add_parser(name, help=purpose)
        one.add_argument("file", type=Path)
        one.add_argument("--calendar", default="CN", help="for a pack on the unit's calendar, default %(default)s")
        one.add_argument("--prefix", default="dutydesk-local", help="how the tables' names begin, default %(default)s")
        one.add_argument("--data", type=Path, help="the data folder of a running local stack")
        one.set_defaults(act=act)
    asked = reading.parse_args(arguments)
    try:
        return int(asked.act(asked))
    except (BotoCoreError, ClientError, ConnectionError, Unavailable) as trouble:
        print(f"cannot read the cases: {trouble!r}", file=sys.stderr)
        return UNREADABLE
    except (PackError, UnknownPackError, OSError) as wrong:
        print(f"wrong: {wrong}", file=sys.stderr)
        return WRONG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
