"""docs/packs.md says what is so: its examples are read, its tables compared with what is shipped."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.sla.clocks import Clock, Unit
from chalicelib.sla.escalation import EscalationPolicy, Hours
from chalicelib.sla.facts import FACTS
from chalicelib.sla.packs import PackError
from chalicelib.sla.trials import Case, dry_run
from infra import packs as command

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "packs.md").read_text(encoding="utf-8")
PACK, OVERRIDE, POLICY = re.findall(r"(?m)^```toml\n(.*?)^```", GUIDE, re.DOTALL)
RCO = "regimes/xr.rco.toml"
SHORT = {
    Unit.CALENDAR_DAYS: "d",
    Unit.WORKING_DAYS: "wd",
    Unit.MONTHS: "m",
    Unit.BUSINESS_HOURS: "h",
    Unit.HOURS: "hours",
}


def section(title):
    return GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def later(text=PACK):
    """Change the example as the guide says."""
    dated = text.replace("2027-01-01.1", "2027-07-01.1").replace("from = 2027-01-01", "from = 2027-07-01")
    return dated.replace("count = 20", "count = 15")


def test_the_pack_of_the_walk_through_is_read_and_limits_payments_to_ten_days(changed):
    pack = changed({RCO: PACK}).in_force("xr.rco", date(2027, 1, 1))
    lengths = {
        product: [rule.count for rule in pack.starting("received", product=product)] for product in (None, "payments")
    }
    assert lengths == {None: [20], "payments": [10]}
    assert pack.rule("xr.rco.answer").step("hard_case").approval == "head_of_compliance"


def test_the_dates_the_guide_shows_are_those_the_command_prints(tmp_path, capsys):
    file = tmp_path / "xr.rco.toml"
    file.write_text(PACK, encoding="utf-8")
    assert command.main(["check", str(file)]) == 0
    shown = re.search(r"(?m)^```\n(xr\.rco\.answer: .*?)^```", GUIDE, re.DOTALL)[1]
    assert shown in capsys.readouterr().out


def test_a_new_version_dated_as_the_guide_says_takes_over_in_july(changed):
    ended = PACK.replace("effective_from = 2027-01-01", "effective_from = 2027-01-01\neffective_to = 2027-06-30")
    packs = changed({RCO: ended, "regimes/xr.rco@2027-07-01.1.toml": later()})
    counts = [
        packs.in_force("xr.rco", day).rule("xr.rco.answer").count for day in (date(2027, 6, 30), date(2027, 7, 1))
    ]
    assert counts == [20, 15]


def test_without_an_end_of_the_old_version_the_new_one_is_refused(changed):
    with pytest.raises(PackError, match="give the older one an effective_to before 2027-07-01"):
        changed({RCO: PACK, "regimes/xr.rco@2027-07-01.1.toml": later()})


def test_the_dry_run_of_the_walk_through_moves_the_open_cases(changed, tmp_path):
    packs = changed({RCO: PACK})
    received = datetime(2027, 3, 3, 10, tzinfo=UTC)
    clock = Clock(packs.rule("xr.rco@2027-01-01.1", "xr.rco.answer"), packs.calendar("GB-ENG"), received)
    case = Case("T-1", received, "GB-ENG", ("xr.rco@2027-01-01.1",), (clock,))
    file = tmp_path / "xr.rco.toml"
    file.write_text(later(), encoding="utf-8")
    (found,) = dry_run([case], command.read_pack(file), packs, received)
    assert (found.before.date, found.after.date) == (date(2027, 4, 2), date(2027, 3, 24))


def test_the_override_of_the_guide_publishes_a_year(changed):
    china = changed({"calendars/overrides/CN.toml": OVERRIDE}).calendar("CN")
    assert not china.provisional(date(2027, 6, 1))
    assert china.is_working(date(2026, 12, 26))
    assert not china.is_working(date(2027, 1, 1))


def test_the_policy_of_the_guide_wakes_nobody_but_for_a_major_case(tmp_path, folder, england):
    shutil.copytree(folder / "escalation", tmp_path / "escalation")
    shipped = tmp_path / "escalation" / "house.toml"
    text = shipped.read_text(encoding="utf-8")
    shipped.write_text(
        text.replace("from = 2020-01-01", "from = 2020-01-01\neffective_to = 2026-12-31"), encoding="utf-8"
    )
    (tmp_path / "escalation" / "house@2027-01-01.1.toml").write_text(POLICY, encoding="utf-8")
    policy = EscalationPolicy.load(tmp_path, date(2027, 1, 1))
    night = datetime(2027, 1, 4, 3, tzinfo=UTC)
    assert {level.hours for level in policy.levels} == {Hours.WORKING}
    told = [policy.when_told(policy.level(90), night, england, severity) for severity in ("normal", "major")]
    assert told == [night + timedelta(hours=6), night]
    assert "compliance" in policy.recipients(policy.level(90), "major")


def test_the_guide_lists_every_fact_a_rule_may_name(packs):
    listed = dict(re.findall(r"(?m)^\| `([a-z_.]+)` \| (.+) \|$", GUIDE.partition("| fact |")[2].partition("\n\n")[0]))
    assert listed == FACTS
    named = {
        fact
        for pack in packs.packs.values()
        for rule in pack.rules
        for fact in (rule.start, *rule.ends_on, *rule.stops_on, *rule.restarts_on)
    }
    assert named <= set(FACTS)


def test_the_guide_lists_every_shipped_rule_with_its_length_and_its_extensions(packs):
    listed, pack_id = [], ""
    for row in re.findall(r"(?m)^\| .+ \|$", section("What is shipped").partition("| calendar |")[0])[1:]:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        pack_id = re.match(r"`(.+?)`", cells[0])[1] if cells[0].startswith("`") else pack_id
        listed.append(
            (f"{pack_id}.{re.match(r'`(.+?)`', cells[1])[1]}", cells[2].split(" (")[0].split(",")[0], cells[6])
        )
        steps = set(re.findall(r"`(\w+)` to", cells[5]))
        candidates = [pack.rule(listed[-1][0]) for pack in packs.versions(pack_id)]
        assert steps in [{step.id for step in rule.extensions} for rule in candidates if rule], row
    shipped = [
        (
            rule.id,
            f"{rule.count} {SHORT[rule.unit]}" if rule.enabled else "off",
            "–" if pack.id == "house" else rule.confidence.value,
        )
        for pack in packs.packs.values()
        for rule in pack.rules
    ]
    assert sorted(listed) == sorted(shipped)


def test_the_guide_says_how_far_each_calendar_is_published(packs):
    table = GUIDE.partition("| calendar | of |")[2].partition("\n\n")[0]
    listed = dict(re.findall(r"(?m)^\| `(.+?)` \| .+ \| (\d{4}) \|$", table))
    assert listed == {id_: str(calendar.published_through.year) for id_, calendar in packs.calendars.items()}
