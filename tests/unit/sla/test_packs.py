"""Packs as they are read, dated and withdrawn: what holds for every pack, whoever wrote it."""

import time
import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.sla.clocks import due
from chalicelib.sla.packs import PackError, Packs, UnknownPackError

TODAY = date(2026, 11, 23)


def cpu(work):
    """Give the least CPU time of five tries, in seconds."""

    def once():
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(once() for _ in range(5))


def parsing(*paths):
    """Give the CPU time that parsing these files alone takes: the measure of the same machine at the same time."""
    texts = [path.read_text("utf-8") for path in paths]
    return cpu(lambda: [tomllib.loads(text) for text in texts])


def test_reading_every_shipped_file_takes_little_more_than_parsing_it(folder):
    files = [*folder.glob("regimes/*.toml"), *folder.glob("calendars/*.toml")]
    assert cpu(lambda: Packs.load(folder)) < 2.5 * parsing(*files)


def test_a_chinese_complaint_needs_its_own_files_alone_and_little_more_than_parsing_them(folder):
    def one_case():
        packs = Packs.open(folder)
        china = packs.in_force("cn.nfra", TODAY)
        for pack in (china, packs.in_force("house", TODAY)):
            for rule in pack.starting("received"):
                due(rule, packs.calendar_for(pack, "CN"), datetime(2026, 11, 23, tzinfo=UTC))

    own = parsing(*(folder / name for name in ("regimes/cn.nfra.toml", "regimes/house.toml", "calendars/CN.toml")))
    assert cpu(one_case) < 5 * own


def test_opened_packs_read_a_file_when_it_is_needed_and_say_the_same(changed, packs, folder):
    opened = Packs.open(folder)
    assert opened.ids == packs.ids
    assert opened.packs == packs.packs
    assert dict(opened.calendars) == dict(packs.calendars)


def test_a_wrong_file_stops_what_needs_it_and_nothing_else(broken):
    opened = Packs.open(broken("regimes/hk.hkma.toml"))
    assert opened.in_force("cn.nfra", TODAY).rules
    with pytest.raises(PackError, match=r"hk\.hkma\.toml: not readable as TOML"):
        opened.in_force("hk.hkma", TODAY)


def test_the_house_pack_counts_on_the_calendar_of_the_unit(packs):
    house = packs.in_force("house", TODAY)
    assert [packs.calendar_for(house, unit).timezone for unit in ("CN", "GB-ENG")] == [
        "Asia/Shanghai",
        "Europe/London",
    ]


def test_before_the_first_version_nothing_is_in_force(packs):
    assert packs.in_force("cn.nfra", date(2020, 3, 1)).version == "2020-03-01.1"
    with pytest.raises(UnknownPackError, match="2020-02-29"):
        packs.in_force("cn.nfra", date(2020, 2, 29))


def test_what_is_unknown_says_so(packs):
    for ask in (
        lambda: packs.get("cn.nfra@1999-01-01.1"),
        lambda: packs.rule("cn.nfra@2020-03-01.1", "cn.nfra.nothing"),
        lambda: packs.calendar("ATLANTIS"),
        lambda: packs.in_force("atlantis", TODAY),
    ):
        with pytest.raises(UnknownPackError):
            ask()


def newer(text):
    changed = text.replace('version = "2020-03-01.1"', 'version = "2027-03-01.1"')
    return changed.replace("effective_from = 2020-03-01", "effective_from = 2027-03-01").replace(
        "count = 15", "count = 20"
    )


def test_a_new_version_takes_the_new_cases_and_old_ones_keep_theirs(changed, folder):
    old = (folder / "regimes" / "cn.nfra.toml").read_text(encoding="utf-8")
    ended = old.replace("effective_from = 2020-03-01", "effective_from = 2020-03-01\neffective_to = 2027-02-28")
    packs = changed({"regimes/cn.nfra.toml": ended, "regimes/cn.nfra@2027-03-01.1.toml": newer(old)})
    assert packs.in_force("cn.nfra", date(2027, 2, 28)).rule("cn.nfra.decision").count == 15
    assert packs.in_force("cn.nfra", date(2027, 3, 1)).rule("cn.nfra.decision").count == 20
    assert packs.rule("cn.nfra@2020-03-01.1", "cn.nfra.decision").count == 15
    assert [pack.version for pack in packs.versions("cn.nfra")] == ["2020-03-01.1", "2027-03-01.1"]


def test_two_versions_in_force_on_one_day_are_refused(changed, folder):
    old = (folder / "regimes" / "cn.nfra.toml").read_text(encoding="utf-8")
    with pytest.raises(PackError, match=r"cn\.nfra: effective_to: .*still in force when cn\.nfra@2027-03-01\.1 begins"):
        changed({"regimes/cn.nfra@2027-03-01.1.toml": newer(old)})


def test_a_withdrawn_version_is_kept_and_takes_no_cases(changed, folder):
    old = (folder / "regimes" / "cn.nfra.toml").read_text(encoding="utf-8")
    packs = changed(
        {
            "regimes/cn.nfra.toml": old.replace("confirm_before_use", "withdrawn"),
            "regimes/cn.nfra@2020-03-01.2.toml": old.replace('"2020-03-01.1"', '"2020-03-01.2"'),
        }
    )
    assert packs.in_force("cn.nfra", TODAY).version == "2020-03-01.2"
    assert packs.get("cn.nfra@2020-03-01.1").rules


def test_a_rule_switched_off_is_carried_with_its_note_and_not_run(changed):
    note = 'enabled = false\nnote = "The text could not be read."'
    packs = changed(
        {
            "regimes/house.toml": lambda text: text.replace(
                'unit = "working_days"\ncount = 1\n', f'unit = "working_days"\n{note}\n'
            )
        }
    )
    pack = packs.in_force("house", TODAY)
    assert "house.acknowledge" not in {rule.id for rule in pack.starting("received")}
    assert (pack.rule("house.acknowledge").note, pack.rule("house.acknowledge").count) == (
        "The text could not be read.",
        0,
    )


def test_a_pack_in_another_time_zone_than_its_calendar_counts_in_its_own(changed):
    packs = changed({"regimes/uk.disp.toml": lambda text: text.replace("Europe/London", "Europe/Dublin")})
    assert packs.calendar_for(packs.in_force("uk.disp", TODAY), "CN").timezone == "Europe/Dublin"


def test_a_rule_can_be_run_dry_under_another_version(packs, changed):
    received = datetime(2027, 4, 1, 2, tzinfo=UTC)
    trial = changed({"regimes/cn.nfra.toml": lambda text: text.replace("count = 15", "count = 20")})
    both = [
        due(registry.rule("cn.nfra@2020-03-01.1", "cn.nfra.decision"), registry.calendar("CN"), received)
        for registry in (packs, trial)
    ]
    assert both[1].at - both[0].at == timedelta(days=5)
