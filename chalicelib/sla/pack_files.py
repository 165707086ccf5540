"""From one TOML file to one version of a pack, with every value checked."""

from pathlib import Path
from typing import Any

from chalicelib.sla.facts import FACTS
from chalicelib.sla.reading import Table
from chalicelib.sla.rules import (
    Basis,
    Confidence,
    DayEnd,
    Matter,
    Notify,
    Pack,
    Roll,
    Rule,
    Scope,
    Status,
    Step,
    Unit,
)

LONGEST = 10_000


def read_pack(path: Path) -> Pack:
    """Read one version of a regime; its file must be called `<id>.toml` or `<id>@<version>.toml`."""
    table, pack_id, version, begins = Table.versioned(path)
    pack = Pack(
        id=pack_id,
        version=version,
        title=table.names("title"),
        jurisdiction=table.text("jurisdiction"),
        effective_from=begins,
        effective_to=table.day("effective_to") if table.has("effective_to") else None,
        calendar=table.text("calendar"),
        timezone=table.timezone("timezone") if table.has("timezone") else "",
        status=table.choice("status", Status),
        rules=tuple(_rule(row, pack_id) for row in table.tables("rules")),
        scope=_scope(table.table("applies")),
        source=table.text("source", ""),
        verified_on=table.day("verified_on") if table.has("verified_on") else None,
        note=table.text("note", ""),
    )
    return _checked(table, pack)


def _checked(table: Table, pack: Pack) -> Pack:
    table.done()
    if pack.effective_to is not None and pack.effective_to < pack.effective_from:
        raise table.fail("effective_to", "lies before effective_from")
    if (pack.calendar == "unit") == bool(pack.timezone):
        raise table.fail("timezone", 'is required, except with calendar = "unit", where the unit\'s own is used')
    ids = [rule.id for rule in pack.rules]
    if not ids:
        raise table.fail("rules", "there are none")
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise table.fail("rules", f"two rules have the id {rule_id}")
    return pack


def _rule(table: Table, pack_id: str) -> Rule:
    enabled = table.take("enabled", bool, True)
    rule = Rule(
        id=table.text("id"),
        name=table.names("name"),
        kind=table.text("kind"),
        basis=table.choice("basis", Basis),
        clause=table.text("clause", ""),
        unit=table.choice("unit", Unit),
        count=table.number("count", 1, LONGEST) if enabled or table.has("count") else 0,
        enabled=enabled,
        source=table.text("source"),
        confidence=table.choice("confidence", Confidence),
        note=table.text("note", ""),
        binding=table.take("binding", bool, True),
        must_tell=table.words("must_tell"),
        kinds=_kinds(table),
        scope=_scope(table.table("applies")),
        **_course(table),
    )
    table.done()
    _check_rule(table, rule, pack_id)
    return rule


def _course(table: Table) -> dict[str, Any]:
    """Read the fields that say how a rule's clock starts, runs, stands still and ends."""
    return {
        "start": _facts(table, "start", (table.text("start", "received"),))[0],
        **{key: frozenset(_facts(table, key, table.words(key))) for key in ("ends_on", "stops_on", "restarts_on")},
        "start_day_counted": table.take("start_day_counted", bool, False),
        "roll_last_day": table.choice("roll_last_day", Roll, Roll.NONE),
        "day_ends": table.choice("day_ends", DayEnd, DayEnd.MIDNIGHT),
        "pause_reasons": frozenset(table.words("pause_reasons")),
        "extensions": tuple(_step(row) for row in table.tables("extensions")),
        "warn_at": _warn_at(table),
    }


def _facts(table: Table, key: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a fact that nobody would ever report."""
    unknown = [fact for fact in named if fact not in FACTS]
    if unknown:
        raise table.fail(key, f"{unknown[0]!r} is no fact; known are {', '.join(FACTS)}")
    return named


def _kinds(table: Table) -> frozenset[str]:
    kinds = table.words("kinds") if table.has("kinds") else (Matter.COMPLAINT.value,)
    if not kinds or not set(kinds) <= set(Matter):
        raise table.fail("kinds", f"must be some of {', '.join(Matter)}")
    return frozenset(kinds)


def _scope(table: Table) -> Scope:
    scope = Scope(
        products=frozenset(table.words("products")),
        except_products=frozenset(table.words("except_products")),
        channels=frozenset(table.words("channels")),
    )
    table.done()
    if scope.products and scope.except_products:
        raise table.fail("except_products", "says nothing where products lists the only ones")
    return scope


def _check_rule(table: Table, rule: Rule, pack_id: str) -> None:
    if not rule.id.startswith(f"{pack_id}."):
        raise table.fail("id", f"must begin with {pack_id}.")
    if rule.enabled and not rule.ends_on:
        raise table.fail("ends_on", "is missing: nothing would ever meet this rule")
    if rule.basis is not Basis.HOUSE and not rule.clause:
        raise table.fail("clause", "is missing: only a house rule has none")
    if rule.enabled and rule.confidence is Confidence.LOW:
        raise table.fail("enabled", "must be false while confidence is L")
    if not rule.enabled and not rule.note:
        raise table.fail("note", "is missing: say why the rule is switched off")
    steps = [step.id for step in rule.extensions]
    if len(set(steps)) < len(steps):
        raise table.fail("extensions", "two steps have the same id")
    if any(step.unit is None and step.to_total <= rule.count for step in rule.extensions):
        raise table.fail("extensions", "to_total counts from the start, so it must be more than count")


def _step(table: Table) -> Step:
    step = Step(
        id=table.text("id"),
        to_total=table.number("to_total", 1, LONGEST),
        when=table.text("when"),
        approval=table.text("approval") if table.has("approval") else None,
        notify=table.choice("notify", Notify),
        notice=table.text("notice", "extension"),
        must_tell=table.words("must_tell"),
        unit=table.choice("unit", Unit) if table.has("unit") else None,
    )
    table.done()
    return step


def _warn_at(table: Table) -> tuple[int, ...]:
    marks: list[Any] = table.take("warn_at", list, [50, 75, 90])
    if any(type(mark) is not int or not 0 < mark < 100 for mark in marks) or marks != sorted(set(marks)):
        raise table.fail("warn_at", "must be rising whole percentages between 1 and 99")
    return tuple(marks)
