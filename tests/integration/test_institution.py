"""The institution's own data on its way into the register: shown first, written once, each change in the ledger."""

import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from chalicelib.aws.tables import Tables
from infra.institution.__main__ import AS_TOLD, DIFFERENT, IMPOSSIBLE, main
from infra.verify import Verifier
from tests.looking import PREFIX
from tests.template_tables import create_tables
from tests.world import START, World

FILE = Path(__file__).parents[2] / "infra" / "local" / "institution.toml"


@pytest.fixture
def register(world: World) -> World:
    """An institution founded from the file, in tables that were empty; there is no root secret that could be read."""
    for table in ("identity", "records", "appointments", "verification"):
        world.client.delete_table(TableName=f"{PREFIX}-{table}")
    missing = Missing(world.client)
    create_tables(missing)
    world.services.__dict__.pop("directory", None)
    for name in ("identity", "institution", "sessions"):
        world.services.__dict__.pop(name, None)
    assert main(["--stage", "test", "--file", str(FILE), "--apply"]) == AS_TOLD
    return world


class Missing:
    """Makes only the tables that are not there."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def create_table(self, **properties: Any) -> None:
        if properties["TableName"] not in self._client.list_tables()["TableNames"]:
            self._client.create_table(**properties)


def told(tmp_path: Path, old: str = "", new: str = "", *, write: bool = False) -> int:
    text = FILE.read_text("utf-8")
    assert old in text
    file = tmp_path / "bank.toml"
    file.write_text(text.replace(old, new, 1) if old else text, "utf-8")
    return main(["--stage", "test", "--file", str(file), *(["--apply"] if write else [])])


def count(world: World) -> int:
    return len(world.items("records"))


def test_what_was_written_is_as_told_and_telling_it_again_writes_nothing(register: World, tmp_path: Path) -> None:
    before = count(register)

    assert told(tmp_path) == AS_TOLD
    assert told(tmp_path, write=True) == AS_TOLD

    assert count(register) == before == 24
    assert register.services.directory.units()["london"].regimes == ("uk.disp", "uk.disp.payments", "house")
    assert register.events("unit#east") == ["unit.registered"]
    assert Verifier(register.client, PREFIX).verify().faults == []


def test_without_apply_it_is_only_shown(register: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = count(register)
    capsys.readouterr()

    assert told(tmp_path, 'roles = ["agent"]', 'roles = ["agent", "supervisor"]') == DIFFERENT

    shown = capsys.readouterr().out
    assert shown == "~ staff agent-east\n    roles: agent -> agent, supervisor\n1 to write; --apply does it\n"
    assert count(register) == before


def test_a_change_is_written_with_its_record_and_where_it_came_from(register: World, tmp_path: Path) -> None:
    assert told(tmp_path, 'timezone = "Europe/London"', 'timezone = "Europe/Dublin"', write=True) == AS_TOLD

    _, changed = register.records("unit#london")
    assert (changed["event"], changed["actor"], changed["door"]) == ("unit.registered", "system:institution", "command")
    assert json.loads(changed["body"])["timezone"] == "Europe/Dublin"
    assert changed["request_id"].startswith("file-")
    assert Verifier(register.client, PREFIX).verify().faults == []


def test_who_changes_units_leaves_the_old_one(register: World, tmp_path: Path) -> None:
    assert told(tmp_path, 'name = "Li Na"\nunit = "east"', 'name = "Li Na"\nunit = "london"', write=True) == AS_TOLD

    assert "agent-east" in register.services.institution.working("london", START)
    assert "agent-east" not in register.services.institution.working("east", START)
    assert "agent-east-2" in register.services.institution.working("east", START)
    assert told(tmp_path, 'name = "Li Na"\nunit = "east"', 'name = "Li Na"\nunit = "london"') == AS_TOLD


def test_who_is_disabled_signs_in_no_more(register: World, tmp_path: Path) -> None:
    assert told(tmp_path, 'name = "Li Na"\n', 'name = "Li Na"\ndisabled = true\n', write=True) == AS_TOLD

    answer = register.ask("POST", "/v1/staff/sessions", {"id_token": "token-of-agent-east"})
    assert (answer.status, answer.code) == (401, "not_signed_in")
    record = register.records("agent-east")[-1]
    assert json.loads(record["body"])["active"] is False
    assert "Li Na" not in str(register.items("records"))


def test_who_is_left_out_is_named_and_left_as_they_are(
    register: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FILE.read_text("utf-8")

    assert told(tmp_path, text[text.index("[staff.lead-london]") :], "", write=True) == AS_TOLD

    assert "staff lead-london is registered and not in the file: left as it is" in capsys.readouterr().out
    assert register.services.people.staff("lead-london").active


def test_a_file_that_is_wrong_writes_nothing(
    register: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = count(register)

    assert told(tmp_path, 'parent = "hq"', 'parent = "none"', write=True) == IMPOSSIBLE

    assert "units.east.parent: unknown: none" in capsys.readouterr().err
    assert count(register) == before


def test_where_there_are_no_tables_it_says_so(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stage", "nowhere", "--file", str(FILE)]) == IMPOSSIBLE
    assert main(["--stage", "test", "--file", "nothing.toml"]) == IMPOSSIBLE
    assert "cannot be done" in capsys.readouterr().err


def test_a_unit_from_before_units_had_chains_gets_one(world: World, tmp_path: Path) -> None:
    tables = Tables(lambda: boto3.client("dynamodb"), PREFIX)
    item = tables.get("identity", {"pk": "units", "sk": "hq"})
    assert item is not None
    world.client.put_item(
        TableName=f"{PREFIX}-identity",
        Item={
            name: {"S": value} for name, value in item.items() if isinstance(value, str) and name not in ("id", "head")
        }
        | {name: {"L": [{"S": each} for each in item[name]]} for name in ("regimes", "regions")},
    )
    world.client.delete_item(TableName=f"{PREFIX}-records", Key={"pk": {"S": "unit#hq"}, "sk": {"N": "1"}})

    assert told(tmp_path, write=True) == AS_TOLD

    assert world.events("unit#hq") == ["unit.registered"]
    assert Verifier(world.client, PREFIX).verify().faults == []


def test_what_people_can_do_is_registered_and_what_makes_no_sense_is_named(
    register: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = register.services.people.staff("agent-east-2")
    assert (second.languages, second.capacity) == ({"en"}, 0.8)
    assert register.services.people.staff("agent-east").skills == {"cards"}
    capsys.readouterr()

    assert told(tmp_path, "capacity = 0.8", "capacity = 0.5", write=True) == AS_TOLD
    assert "capacity: 0.8 -> 0.5" in capsys.readouterr().out

    for old, new, fault in (
        ("capacity = 0.8", "capacity = 0.333", "capacity: must be a share"),
        ("capacity = 0.8", "capacity = 0", "capacity: must be a share"),
        ('languages = ["en"]', 'languages = ["fr"]', "languages: unknown: fr"),
        ('skills = ["cards"]', "skills = [1]", "skills: is no topic or product: 1"),
    ):
        assert told(tmp_path, old, new, write=True) == IMPOSSIBLE
        assert fault in capsys.readouterr().err
