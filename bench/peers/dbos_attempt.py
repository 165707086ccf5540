"""DBOS in a process of its own: a try of a promised call as a workflow of three steps, asked for line by line.

Run by the Python of its own environment: `python dbos_attempt.py FOLDER`. A line of JSON is a call, and so is its answer.
Its database is SQLite, as DBOS sets it up by itself, and nothing is logged.
"""

import json
import logging
import sqlite3
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from dbos import DBOS, SetWorkflowID

FOLDER = Path(sys.argv[1])
logging.disable(logging.CRITICAL)
DBOS(
    config={"name": "bench", "system_database_url": f"sqlite:///{FOLDER / 'system.sqlite'}", "run_admin_server": False}
)
data = sqlite3.connect(FOLDER / "calls.sqlite", check_same_thread=False, isolation_level=None)
data.execute("PRAGMA journal_mode=WAL")
data.execute("CREATE TABLE tries (id TEXT PRIMARY KEY, state TEXT NOT NULL, outcome TEXT)")
rung: Counter[str] = Counter()


@DBOS.step()
def claim(id_: str) -> None:
    """Say that a try begins, before anything rings."""
    data.execute("INSERT OR IGNORE INTO tries VALUES (?, 'claimed', NULL)", (id_,))


@DBOS.step()
def ring(id_: str) -> str:
    """Ring; our name of the try is the telephony system's key for it."""
    rung[id_] += 1
    return f"provider-{id_}"


@DBOS.step()
def note(id_: str, outcome: str) -> None:
    """Say what came of it."""
    data.execute("UPDATE tries SET state = 'over', outcome = ? WHERE id = ?", (outcome, id_))


@DBOS.workflow()
def attempt(id_: str) -> str:
    """Try a call, whatever crashes in between."""
    claim(id_)
    provider = ring(id_)
    note(id_, "reached")
    return provider


def tried(id_: str) -> float:
    """Try a call; give the seconds it took."""
    began = time.perf_counter()
    with SetWorkflowID(id_):
        attempt(id_)
    return time.perf_counter() - began


def main() -> None:
    """Answer line by line."""
    DBOS.launch()
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        if asked["do"] == "try":
            answer: Any = tried(asked["id"])
        else:
            over = data.execute("SELECT count(*) FROM tries WHERE state = 'over'").fetchone()[0]
            answer = {"over": over, "rung_twice": sum(times > 1 for times in rung.values())}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
