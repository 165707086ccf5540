"""`python -m infra.institution --stage prod --file institution.toml [--apply]`: tells the register who works where.

Without --apply it writes nothing and shows what would change. Exit code: 0 the register is as the file says, 1 it is not
and nothing was written, 2 the file is wrong or the register cannot be reached.
"""

import argparse
import sys
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.appointments.service import Registry
from chalicelib.appointments.store import DynamoCatalogue
from chalicelib.aws.tables import Tables
from chalicelib.identity.service import Institution, Register
from chalicelib.identity.store import DynamoDirectory, DynamoPeople
from chalicelib.kernel.actors import system
from chalicelib.kernel.calls import internal
from chalicelib.kernel.errors import Refusal
from chalicelib.kernel.tokens import Keys
from chalicelib.verification.codes.service import Reaching
from chalicelib.verification.codes.store import DynamoGates
from chalicelib.verification.faces.service import Offering
from chalicelib.verification.faces.store import DynamoFaces
from infra.verify import local

from .changes import Change, OfferChange, ReachChange, changes, left_alone, of_faces, of_reach
from .reading import Institution as Told
from .reading import Wrong, packs, read

AS_TOLD, DIFFERENT, IMPOSSIBLE = 0, 1, 2
# Units and staff are looked up by name; only customers and sessions by keys that follow from the root secret. So whoever
# runs this needs no right to read it.
_NO_KEYS = Keys(b"")


def arguments(given: list[str]) -> argparse.Namespace:
    """Read the options."""
    reading = argparse.ArgumentParser(
        prog="python -m infra.institution", description=(__doc__ or "").partition("\n")[0]
    )
    reading.add_argument("--stage", default="local", help="whose tables: dutydesk-<stage>-…, default %(default)s")
    reading.add_argument("--file", type=Path, required=True, help="the institution, as infra/local/institution.toml")
    reading.add_argument("--apply", action="store_true", help="write; without it, what would change is only shown")
    reading.add_argument("--data", type=Path, help="the data folder of a running local stack")
    return reading.parse_args(given)


def main(given: list[str]) -> int:
    """Compare, and write if told to; give the exit code."""
    asked = arguments(given)
    try:
        wanted = read(asked.file)
        client = local(asked.data) if asked.data else boto3.client("dynamodb")
        return run(wanted, Tables(lambda: client, f"dutydesk-{asked.stage}"), write=asked.apply)
    except Wrong as wrong:
        print("\n".join([f"{asked.file} is not as it must be; nothing was written:", *wrong.faults]), file=sys.stderr)
    except (BotoCoreError, ClientError, OSError) as trouble:
        print(f"cannot be done: {trouble}", file=sys.stderr)
    except Refusal as refused:
        print(f"broken off, run it again: {refused.code}", file=sys.stderr)
    return IMPOSSIBLE


def run(wanted: Told, tables: Tables, *, write: bool) -> int:
    """Show what differs and, if told to, write it."""
    people, shelf = DynamoPeople(tables, _NO_KEYS), DynamoCatalogue(tables)
    of_codes = of_reach(wanted, Reaching(DynamoGates(tables)))
    faces = of_faces(wanted, Offering(DynamoFaces(tables)))
    found: list[Change | ReachChange | OfferChange] = [*changes(wanted, people, shelf), *of_codes, *faces]
    for line in (line for change in found for line in change.lines()):
        print(line)
    for left in left_alone(wanted, DynamoDirectory(tables)):
        print(f"  {left} is registered and not in the file: left as it is")
    if not found:
        print("the register is as the file says")
        return AS_TOLD
    if not write:
        print(f"{len(found)} to write; --apply does it")
        return DIFFERENT
    written = _apply(found, Register(people), _registry(tables, people, shelf), wanted)
    print(f"{written} written, each with its record in the ledger")
    return AS_TOLD


def _registry(tables: Tables, people: DynamoPeople, shelf: DynamoCatalogue) -> Registry:
    return Registry(shelf, Institution(people, DynamoDirectory(tables)), packs())


def _apply(
    found: list[Change | ReachChange | OfferChange], register: Register, registry: Registry, wanted: Told
) -> int:
    # The file's mark tells later which file a record came from.
    call = internal(system("institution"), "command", f"file-{wanted.mark[:32]}")
    return sum(change.carry_out(register, registry, call) for change in found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
