"""`python -m infra.reports make <scheme> <from> <to>` and `... verify <file> <scheme> <from> <to>`: regulators' files.

`make` writes the file of a period that is over to standard output, however many cases it has, and its hashes to standard
error. `verify` makes it anew from the ledger and compares it with a file that was lodged, with or without a byte order
mark. Neither writes to the tables. Exit code: 0 all is well, 1 the file is another one or cannot be made, 2 the ledger
cannot be read.
"""

import argparse
import hashlib
import sys
from datetime import date
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.aws.ledger import Ledger
from chalicelib.aws.tables import Tables
from chalicelib.identity.service import Institution
from chalicelib.identity.store import DynamoDirectory
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import internal
from chalicelib.kernel.errors import Refusal, Unavailable
from chalicelib.reports.service import File, Filing
from chalicelib.sla.packs import Packs
from chalicelib.sla.schemes import Schemes
from chalicelib.tickets.store import DynamoTickets
from infra.packs_cases import reach

FOLDER = Path(__file__).parents[1] / "chalicelib" / "packs"
WRONG, UNREADABLE = 1, 2
_MARK = b"\xef\xbb\xbf"
_EVERY_CASE = 10**9


class _Nobody:
    """Stands for the people of the institution, whom no file asks about."""


def filing(tables: Tables) -> Filing:
    """Give what makes files, without the limit that an answer over HTTP has."""
    units = Institution(_Nobody(), DynamoDirectory(tables))  # type: ignore[arg-type]
    schemes, packs = Schemes(FOLDER / "codes"), Packs.open(FOLDER)
    return Filing(DynamoTickets(tables), Ledger(tables), units, schemes, packs, _EVERY_CASE)


def made(tables: Tables, scheme: str, first: date, last: date) -> tuple[bytes, File]:
    """Make the file of a period; raises what the service raises."""
    asking = Actor("system:reports", frozenset({Role.COMPLIANCE}))
    found = filing(tables).file(scheme, first, last, internal(asking, "command", "reports"), validate=False)
    return (found.table.csv() if found.table else "").encode(), found


def _make(asked: argparse.Namespace) -> int:
    content, found = made(reach(asked.data, asked.prefix), asked.scheme, asked.first, asked.last)
    sys.stdout.buffer.write(content)
    sys.stdout.flush()
    print(f"{found.cases} cases, sha256 {found.sha256}, of {found.sources_sha256}", file=sys.stderr)
    return 0


def _verify(asked: argparse.Namespace) -> int:
    lodged = asked.file.read_bytes().removeprefix(_MARK)
    content, found = made(reach(asked.data, asked.prefix), asked.scheme, asked.first, asked.last)
    same = lodged == content
    print(
        f"{'the same' if same else 'another'}: {hashlib.sha256(lodged).hexdigest()} was lodged, {found.sha256} is made"
    )
    return 0 if same else WRONG


def main(arguments: list[str]) -> int:
    """Do what was asked; give the exit code."""
    reading = argparse.ArgumentParser(prog="python -m infra.reports", description=(__doc__ or "").partition("\n")[0])
    acts = reading.add_subparsers(required=True, metavar="make | verify")
    for name, act, purpose in (("make", _make, "write a file"), ("verify", _verify, "compare one that was lodged")):
        one = acts.add_parser(name, help=purpose)
        if act is _verify:
            one.add_argument("file", type=Path)
        one.add_argument("scheme", choices=Schemes(FOLDER / "codes").ids())
        one.add_argument("first", type=date.fromisoformat, metavar="from")
        one.add_argument("last", type=date.fromisoformat, metavar="to")
        one.add_argument("--prefix", default="dutydesk-local", help="how the tables' names begin, default %(default)s")
        one.add_argument("--data", type=Path, help="the data folder of a running local stack")
        one.set_defaults(act=act)
    asked = reading.parse_args(arguments)
    try:
        return int(asked.act(asked))
    except (BotoCoreError, ClientError, ConnectionError, Unavailable) as trouble:
        print(f"cannot read the ledger: {trouble!r}", file=sys.stderr)
        return UNREADABLE
    except (Refusal, OSError) as refused:
        facts = getattr(refused, "facts", "")
        print(f"cannot be made: {refused} {facts}", file=sys.stderr)
        return WRONG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
