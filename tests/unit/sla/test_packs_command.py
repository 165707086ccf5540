"""What somebody who writes packs is told by `python -m infra.packs`."""

import shutil

import pytest

from infra import packs as command


@pytest.fixture
def file(tmp_path, folder):
    """Copy a shipped file, changed."""

    def copy(name, *changes):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        source = folder / name if "/" in name else folder / "regimes" / name
        text = source.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        target.write_text(text, encoding="utf-8")
        return str(target)

    return copy


def test_checking_prints_each_rule_with_three_worked_dates(folder, capsys):
    assert command.main(["check", str(folder / "regimes" / "cn.nfra.toml")]) == 0
    said = capsys.readouterr().out
    assert "! confirm every number" in said
    decision = said.split("\n\n")[1]
    assert "15 calendar_days from received; for complaint" in decision
    assert decision.count(" -> ") == 3 + 2, "three receipts, and each extension once"
    assert "Wed 2026-03-04 10:00 -> Thu 2026-03-19, too late from 2026-03-19T16:00:00.000Z\n" in decision
    assert "Sat 2026-02-14 10:00 -> Sun 2026-03-01" in decision, "the last working day before the Spring Festival"
    assert "Wed 2026-03-04 10:00, special -> Sun 2026-05-03" in decision
    assert "approval: superior_or_hq_senior_manager" in decision
    assert "provisional" in said, "a review asked for in December ends past the published year"


def test_checking_a_pack_of_the_unit_asks_for_the_unit_s_calendar(folder, capsys):
    house = str(folder / "regimes" / "house.toml")
    assert command.main(["check", house, "--calendar", "SG"]) == 0
    assert "counted on SG in Asia/Singapore" in capsys.readouterr().out
    assert command.main(["check", house, "--calendar", "FR"]) == command.WRONG
    assert "there is no calendar FR" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["au.rg271.toml", "in.rbi.toml", "us.reg_z.toml", "eu.psd2.toml", "sg.fa.toml"])
def test_every_kind_of_pack_can_be_checked(folder, capsys, name):
    assert command.main(["check", str(folder / "regimes" / name)]) == 0
    said = capsys.readouterr().out
    assert ("! switched off:" in said) == ("eu.psd2" not in name)


def test_the_table_of_signals_is_read_and_said_row_by_row(folder, file, capsys):
    assert command.main(["check", str(folder / "signals" / "house.toml")]) == 0
    said = capsys.readouterr().out
    assert "swapped_sim: document, payment, step_up: if sim_swap is recent: other_channel\n" in said
    assert "proof_with_diverted_calls: proof: if call_diversion is on: allow, for 0:03:00\n" in said

    wrong = file("signals/house.toml", ('outcome = "hold"', 'outcome = "other_channel"'))
    assert command.main(["check", wrong]) == command.WRONG
    assert "callback can do allow, hold, not other_channel" in capsys.readouterr().err


def test_a_wrong_file_is_named_with_its_key_and_ends_with_one(file, capsys):
    assert command.main(["check", file("cn.nfra.toml", ("count = 15", "cuont = 15"))]) == command.WRONG
    assert "wrong: cn.nfra.toml: rules[cn.nfra.decision]: count: is missing" in capsys.readouterr().err
    assert command.main(["check", "nowhere.toml"]) == command.WRONG


def test_a_version_that_overlaps_the_one_before_is_refused(file, capsys):
    later = file("cn.nfra.toml", ("2020-03-01.1", "2027-03-01.1"), ("from = 2020-03-01", "from = 2027-03-01"))
    assert command.main(["check", later]) == command.WRONG
    assert "give the older one an effective_to before 2027-03-01" in capsys.readouterr().err


def test_checking_the_escalation_policy_says_who_is_told(file, capsys):
    assert command.main(["check", file("escalation/house.toml")]) == 0
    said = capsys.readouterr().out
    assert "75 %: lead, working hours; at once and to more if major: lead; critical: lead, head, compliance" in said
    wrong = file("escalation/house.toml", ("percent = 100", "percent = 99"))
    assert command.main(["check", wrong]) == command.WRONG


def test_checking_the_words_of_dissatisfaction_lists_them(file, capsys):
    assert command.main(["check", file("recognition/house.toml")]) == 0
    assert "unacceptable" in capsys.readouterr().out
    assert command.main(["check", file("recognition/house.toml", ("[words]", "[word]"))]) == command.WRONG


def test_another_folder_of_packs_may_be_named(folder, tmp_path, capsys):
    own = tmp_path / "packs"
    shutil.copytree(folder, own)
    (own / "regimes" / "hk.hkma.toml").write_text("[", encoding="utf-8")
    assert command.main(["--packs", str(own), "check", str(folder / "regimes" / "cn.nfra.toml")]) == command.WRONG
    assert "hk.hkma.toml: not readable as TOML" in capsys.readouterr().err
