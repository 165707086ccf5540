"""The verifier reads the ledger from outside and names the first bad record of every chain somebody tampered with."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.aws import ledger
from chalicelib.aws.items import decode, encode
from chalicelib.kernel.events import GENESIS, Record, digest
from infra.verify import Verifier
from tests.looking import PREFIX
from tests.world import World

TABLE = f"{PREFIX}-records"
Found = list[tuple[str, int, str]]


def found(world: World) -> Found:
    """Verify, and give each fault."""
    report = Verifier(world.client, PREFIX).verify()
    return [(fault.subject, fault.seq, fault.why) for fault in report.faults]


def chain(world: World, subject: str) -> list[Record]:
    """Read a chain."""
    return [ledger.from_item({**item, "sk": int(item["sk"])}) for item in world.records(subject)]


def write(world: World, *records: Record) -> None:
    """Put records where they belong, whatever is there."""
    for record in records:
        world.client.put_item(TableName=TABLE, Item=encode(ledger.to_item(record)))


def delete(world: World, subject: str, *seqs: int) -> None:
    """Take records away."""
    for seq in seqs:
        world.client.delete_item(TableName=TABLE, Key=encode({"pk": subject, "sk": seq}))


def rehashed(record: Record, **changes: Any) -> Record:
    """Change a record and hash it anew, as a forger would."""
    changed = replace(record, **changes)
    facts = {name: getattr(changed, name) for name in changed.__dataclass_fields__ if name != "hash"}
    return replace(changed, hash=digest(facts))


def rewritten(records: list[Record], first: int, **changes: Any) -> list[Record]:
    """Change one record and chain everything behind it anew."""
    made = records[: first - 1]
    for record in records[first - 1 :]:
        prev = made[-1].hash if made else GENESIS
        made.append(rehashed(record, prev=prev, **(changes if record.seq == first else {})))
    return made[first - 1 :]


def test_what_nobody_touched_is_sound(world: World, case: str) -> None:
    report = Verifier(world.client, PREFIX).verify()

    assert report.faults == []
    assert report.records == len(world.items("records"))
    assert report.chains == len({item["pk"] for item in world.items("records")})


def test_any_flipped_byte_is_found(world: World, case: str) -> None:
    dice = random.Random(7)
    originals = world.items("records")
    for _ in range(25):
        original = dice.choice(originals)
        name = dice.choice(
            [name for name, value in original.items() if isinstance(value, str) and value and name != "pk"]
        )
        place = dice.randrange(len(original[name]))
        flipped = chr(ord(original[name][place]) ^ 1)
        broken = {
            **original,
            "sk": int(original["sk"]),
            name: original[name][:place] + flipped + original[name][place + 1 :],
        }
        world.client.put_item(TableName=TABLE, Item=encode(broken))

        assert found(world) == [(original["pk"], int(original["sk"]), "altered")], (name, place)

        world.client.put_item(TableName=TABLE, Item=encode({**original, "sk": int(original["sk"])}))
    assert found(world) == []


def test_a_fact_beside_the_record_is_found(world: World, case: str) -> None:
    item = ledger.to_item(chain(world, case)[2])

    world.client.put_item(TableName=TABLE, Item=encode({**item, "note": "added"}))

    assert found(world) == [(case, 3, "altered")]


def test_a_record_that_lost_a_fact_is_found(world: World, case: str) -> None:
    item = ledger.to_item(chain(world, case)[2])

    world.client.put_item(TableName=TABLE, Item=encode({name: v for name, v in item.items() if name != "actor"}))

    assert found(world) == [(case, 3, "altered")]


@pytest.mark.parametrize("seq", [1, 2, 5])
def test_a_deleted_record_is_found(world: World, case: str, seq: int) -> None:
    delete(world, case, seq)

    assert found(world) == [(case, seq, "missing")]


def test_two_records_that_changed_places_are_found(world: World, case: str) -> None:
    second, third = chain(world, case)[1:3]

    write(world, replace(second, seq=3), replace(third, seq=2))

    assert found(world) == [(case, 2, "altered")]


def test_two_records_that_changed_places_and_were_hashed_anew_are_found(world: World, case: str) -> None:
    second, third = chain(world, case)[1:3]

    write(world, rehashed(second, seq=3), rehashed(third, seq=2))

    assert found(world) == [(case, 2, "unchained")]


def test_a_chain_that_was_cut_off_is_found(world: World, case: str) -> None:
    last = len(chain(world, case))

    delete(world, case, last, last - 1)

    assert found(world) == [(case, last - 1, "cut off")]


def test_a_record_nobody_claims_is_found(world: World, case: str) -> None:
    last = chain(world, case)[-1]

    write(world, rehashed(last, seq=last.seq + 1, prev=last.hash))

    assert found(world) == [(case, last.seq + 1, "unclaimed")]


def test_a_fork_is_found(world: World, case: str) -> None:
    fourth = chain(world, case)[3]

    write(world, rehashed(fourth, actor="somebody-else"))

    assert found(world) == [(case, 5, "unchained")]


def test_a_chain_made_anew_to_its_end_is_found(world: World, case: str) -> None:
    records = chain(world, case)

    write(world, *rewritten(records, 2, actor="somebody-else"))

    assert found(world) == [(case, len(records), "altered")]


def test_a_whole_chain_that_is_gone_is_found(world: World, case: str) -> None:
    delete(world, case, *(record.seq for record in chain(world, case)))

    assert found(world) == [(case, 1, "cut off")]


def test_a_chain_of_a_ticket_that_is_gone_is_found(world: World, case: str) -> None:
    (ticket,) = [item for item in world.items("tickets") if item.get("id") == case]

    world.client.delete_item(TableName=f"{PREFIX}-tickets", Key=encode({"pk": ticket["pk"], "sk": ticket["sk"]}))

    assert found(world) == [(case, 1, "unclaimed")]


def test_what_time_to_live_took_away_leaves_a_sound_chain(world: World, case: str) -> None:
    for item in [item for item in world.items("verification") if "expires" in item]:
        world.client.delete_item(TableName=f"{PREFIX}-verification", Key=encode({"pk": item["pk"], "sk": item["sk"]}))

    assert found(world) == []


def test_every_bad_chain_is_named_and_only_the_bad_ones(world: World, case: str) -> None:
    other = world.complain(world.sign_in())["id"]
    world.drain()
    delete(world, case, 2)
    delete(world, other, 1)

    assert sorted(found(world)) == sorted([(case, 2, "missing"), (other, 1, "missing")])


def test_a_deployment_at_work_is_no_fault(world: World, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between reading where chains end and reading the chains, somebody files another complaint and one moves on."""
    read_ends: Callable[[Verifier], None] = Verifier._read_ends
    happened: list[str] = []

    def read_and_then(self: Verifier) -> None:
        read_ends(self)
        if not happened:
            happened.append(world.complain(world.sign_in())["id"])
            world.pass_time(days=2)

    monkeypatch.setattr(Verifier, "_read_ends", read_and_then)

    assert found(world) == []
    assert happened


class Scattered:
    """A client whose scans give the items of a table in no order at all."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def get_paginator(self, name: str) -> Any:
        return self if name == "scan" else self._client.get_paginator(name)

    def paginate(self, **asked: Any) -> list[dict[str, Any]]:
        items = [item for page in self._client.get_paginator("scan").paginate(**asked) for item in page["Items"]]
        random.Random(3).shuffle(items)
        return [{"Items": items}]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def test_an_engine_that_scatters_a_chain_is_no_fault(world: World, case: str) -> None:
    report = Verifier(Scattered(world.client), PREFIX).verify()  # type: ignore[arg-type]

    assert report.faults == []
    assert report.records == len(world.items("records"))


def test_records_are_decoded_as_they_were_written(world: World, case: str) -> None:
    for item in world.client.scan(TableName=TABLE)["Items"]:
        assert ledger.to_item(ledger.from_item(decode(item))) == decode(item)
