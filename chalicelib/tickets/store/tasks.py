"""Tasks as items: a line for the index, and what was said behind it."""

import json

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.ids import number_of

from ..model import Said, TaskRow, Word, task_key, tasks_key

# Sorts after every date: a task no rule gives a time for stands at the end of the queue.
_NO_DUE = "~"


def row_item(row: TaskRow) -> Item:
    """Write a task's line; one that is over leaves the index."""
    due = text(row.due_at) if row.due_at else _NO_DUE
    return {
        **task_key(row.id),
        "id": row.id,
        "number": row.number,
        "subject": row.subject,
        "kind": row.kind,
        "status": row.state,
        "unit": row.unit,
        "owner": row.owner or None,
        "received_at": text(row.asked_at),
        "about_staff": row.hidden_from or None,
        "version": row.version,
        "outline": json.dumps({"gate": row.gate, "asked_from": row.asked_from}, separators=(",", ":")),
        "desk": tasks_key(row.unit) if row.open else None,
        "desk_due": due if row.open else None,
    }


def task_row_of(item: Item) -> TaskRow:
    """Read a line of the index, where only what is open stands."""
    due = item["desk_due"]
    return TaskRow(
        id=item["id"],
        number=item["number"],
        subject=item["subject"],
        kind=item["kind"],
        state=item["status"],
        unit=item["unit"],
        owner=item.get("owner", ""),
        asked_at=moment(item["received_at"]),
        due_at=None if due == _NO_DUE else moment(due),
        version=item["version"],
        open=True,
        **json.loads(item["outline"]),
    )


def said_item(ticket: str, said: Said) -> Item:
    """Write something said on a task of a ticket."""
    return {
        "pk": number_of(ticket, "T"),
        "sk": f"task#{said.task:02}#{said.place:03}",
        "word": said.word.value,
        "said_by": said.by,
        "at": text(said.at),
        "body": said.body,
    }


def said_of(item: Item) -> Said:
    """Read it back."""
    _, task, place = item["sk"].split("#")
    return Said(int(task), int(place), Word(item["word"]), item["said_by"], moment(item["at"]), item["body"])
