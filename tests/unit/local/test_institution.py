"""An institution's file is read strictly: everything wrong is named, all at once."""

from pathlib import Path

import pytest

from chalicelib.kernel.actors import Role
from infra.institution.reading import Institution, Wrong, read
from infra.local.seed import institution

UNIT = """
[units.{id}]
{parent}
name = "{id}"
timezone = "Asia/Shanghai"
calendar = "CN"
language = "zh-CN"
regimes = ["cn.nfra", "house"]
"""
STAFF = """
[staff.li]
name = "Li Na"
unit = "hq"
roles = ["agent", "supervisor"]
mail = "li@example.com"
language = "en"
"""


def make_unit(id_: str, parent: str = "") -> str:
    return UNIT.format(id=id_, parent=f'parent = "{parent}"' if parent else "")


def written(tmp_path: Path, *parts: str) -> Institution:
    file = tmp_path / "bank.toml"
    file.write_text("".join(parts), "utf-8")
    return read(file)


def faults(tmp_path: Path, *parts: str) -> list[str]:
    with pytest.raises(Wrong) as wrong:
        written(tmp_path, *parts)
    return wrong.value.faults


def test_units_come_with_parents_before_children_and_staff_with_all_their_roles(tmp_path: Path) -> None:
    found = written(tmp_path, make_unit("bund", "east"), make_unit("east", "hq"), make_unit("hq"), STAFF)

    assert list(found.units) == ["hq", "east", "bund"]
    assert found.units["bund"].regions == ()
    assert found.staff["li"].roles == {Role.AGENT, Role.SUPERVISOR}
    assert found.staff["li"].active


def test_somebody_who_is_disabled_is_registered_but_not_active(tmp_path: Path) -> None:
    assert not written(tmp_path, make_unit("hq"), STAFF, "disabled = true\n").staff["li"].active


def test_the_institution_of_the_first_start_is_read_by_the_same_reader() -> None:
    assert {"hq", "east", "london"} <= set(institution().units)
    assert {"agent-east", "lead-london", "admin-hq"} <= set(institution().staff)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('calendar = "CN"', 'calendar = "CN"\ncolour = "red"', "units.hq.colour: is not known here"),
        ('unit = "hq"', 'unit = "hq"\npassword = "x"', "staff.li.password: is not known here"),
        ("[staff.li]", "[people.x]\n[staff.li]", "bank.people: is not known here"),
        ('calendar = "CN"', 'calendar = "XX"', "units.hq.calendar: unknown: XX"),
        ('"cn.nfra", "house"', '"cn.nfra", "cn.none"', "units.hq.regimes: unknown: cn.none"),
        ('"cn.nfra", "house"', '"house", "house"', "units.hq.regimes: says something twice"),
        ("Asia/Shanghai", "Asia/Nowhere", "units.hq.timezone: unknown: Asia/Nowhere"),
        ('language = "zh-CN"', 'language = "fr"', "units.hq.language: unknown: fr"),
        ('name = "hq"', "name = 1", "units.hq.name: must be a text"),
        ('name = "hq"', 'name = " hq"', "units.hq.name: must be 1 to 200 characters without spaces around"),
        ('name = "hq"\n', "", "units.hq.name: is missing"),
        ('calendar = "CN"', 'calendar = "CN"\nregions = ["China"]', "units.hq.regions: unknown: China"),
        ('unit = "hq"', 'unit = "nowhere"', "staff.li.unit: unknown: nowhere"),
        ('"supervisor"', '"customer"', "staff.li.roles: unknown: customer"),
        ('["agent", "supervisor"]', "[]", "staff.li.roles: at least one; whoever has gone is `disabled = true`"),
        ("li@example.com", "li", "staff.li.mail: is no address"),
        ('unit = "hq"', 'unit = "hq"\ndisabled = "no"', "staff.li.disabled: must be true or false"),
        (
            "[staff.li]",
            "[staff.Li_Na]",
            "bank.staff.Li_Na: an id has small letters, digits and single dashes, at most forty",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    whole = make_unit("hq") + STAFF
    assert old in whole

    assert faults(tmp_path, whole.replace(old, new, 1)) == [said]


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    whole = (make_unit("hq") + STAFF).replace('"CN"', '"XX"').replace('"hq"\nroles', '"nowhere"\nroles')

    assert len(faults(tmp_path, whole)) == 2


def test_units_that_go_round_in_a_circle_are_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, make_unit("hq"), make_unit("a", "b"), make_unit("b", "c"), make_unit("c", "a"), STAFF)

    assert [fault.partition(":")[0] for fault in found] == ["units.a.parent", "units.b.parent", "units.c.parent"]
    assert faults(tmp_path, make_unit("hq"), make_unit("a", "a"), STAFF) == [
        "units.a.parent: is above itself, by way of a"
    ]


def test_an_unknown_parent_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, make_unit("hq"), make_unit("a", "b"), STAFF) == ["units.a.parent: unknown: b"]


def test_there_is_one_top(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, make_unit("hq"), make_unit("other"), STAFF)

    assert fault.startswith("units: exactly one has no parent")


def test_a_region_has_one_unit(tmp_path: Path) -> None:
    regions = 'regions = ["CN"]\n'

    found = faults(tmp_path, make_unit("hq"), regions, make_unit("a", "hq"), regions, STAFF)

    assert found == ["units: the region CN has 2 units"]


@pytest.mark.parametrize("text", ["[units", "", "units = 1\nstaff = 2"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


CODES = """
[codes]
currency = "CNY"
daily_spend = 400000
{whole}
[codes.dial.86]
price = 5
daily_spend = 200000
daily_texts = 40000
{own}
"""


def with_codes(whole: str = "", own: str = "") -> str:
    return CODES.format(whole=whole, own=own)


def test_providers_are_tried_in_the_file_s_order_and_in_a_country_s_own(tmp_path: Path) -> None:
    told = with_codes('ways = ["aws", "twilio"]\npatience = 45', 'ways = ["twilio", "aws-voice"]\nvoice_price = 40')
    reach = written(tmp_path, make_unit("hq"), STAFF, told).reach

    assert reach is not None
    assert [way.name for way in reach.order("86")] == ["twilio", "aws-voice"]
    assert [way.name for way in reach.order("44")] == ["aws", "twilio"]
    assert (reach.patience, reach.destinations["86"].voice_price) == (45, 40)
    plain = written(tmp_path, make_unit("hq"), STAFF, with_codes()).reach
    assert plain is not None
    assert ([way.name for way in plain.order("86")], plain.patience) == (["aws"], 0)


@pytest.mark.parametrize(
    ("whole", "own", "fault"),
    [
        ('ways = ["pigeon"]', "", "codes.ways: unknown: pigeon"),
        ("ways = []", "", "codes.ways: at least one"),
        ('ways = ["aws", "aws"]', "", "codes.ways: says something twice"),
        ('ways = ["aws-voice", "aws"]', "", "codes.ways: the first must be by SMS"),
        ('ways = ["aws", "aws-voice"]', "", "codes.dial.86.voice_price: is needed, where codes go by voice"),
        ("", 'ways = ["twilio-voice"]\nvoice_price = 4', "codes.dial.86.ways: the first must be by SMS"),
        ("patience = 5", "", "codes.patience: must be 0, or at least 20 seconds"),
        ("", "voice_price = 0", "codes.dial.86.voice_price: must be at least 1"),
    ],
)
def test_an_order_that_leads_nowhere_is_named(tmp_path: Path, whole: str, own: str, fault: str) -> None:
    assert fault in faults(tmp_path, make_unit("hq"), STAFF, with_codes(whole, own))


SERVICE = """
[services.card]
name = { en = "Card", zh-CN = "卡" }
minutes = 30
pool = "desk"
ways = ["branch"]
"""


def test_a_document_says_how_many_minutes_it_saves(tmp_path: Path) -> None:
    found = written(
        tmp_path, make_unit("hq"), STAFF, SERVICE, 'documents = [{ id = "id", en = "ID", zh-CN = "证", saves = 10 }]\n'
    )

    assert [(it.id, it.saves) for it in found.services["card"].documents] == [("id", 10)]


@pytest.mark.parametrize("saves", ['"ten"', "true", "-1", "30"])
def test_a_document_that_saves_what_makes_no_sense_is_named(tmp_path: Path, saves: str) -> None:
    told = f'documents = [{{ id = "id", en = "ID", zh-CN = "证", saves = {saves} }}]\n'

    assert any("documents" in fault for fault in faults(tmp_path, make_unit("hq"), STAFF, SERVICE, told))
