"""Answers and the words of their versions in the table `answers`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.notices import Notice
from chalicelib.kernel.paging import Page, Position

from .model import HEAD, LIBRARY, Answer, Kind, Scope, State, Version

TABLE = "answers"


class DynamoAnswers:
    """Keeps answers: one item that changes, and one for the words of each version, put once and never changed."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, id_: str) -> Answer | None:
        items: list[Item] = []
        start = None
        while True:
            page = self._tables.query(TABLE, "pk = :pk", {":pk": id_}, consistent=True, start=start)
            items += page.items
            start = page.next
            if start is None:
                break
        words = {item["n"]: json.loads(item["wordings"]) for item in items if item["sk"] != HEAD}
        head = next((item for item in items if item["sk"] == HEAD), None)
        return None if head is None else answer_of(head, words)

    def write(self, answer: Answer, records: Sequence[Record], stamp: Stamp | None, new: Version | None = None) -> None:
        item = to_item(answer)
        head = unchanged(TABLE, item, answer.version - 1) if answer.version > 1 else Put(TABLE, item)
        words = [Put(TABLE, version_item(answer.id, new))] if new is not None else []
        self._tables.commit([head, *words], records, stamp)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self._tables.commit([], [], stamp)

    def library(self, start: Position | None) -> Page[Answer]:
        page = self._tables.query(TABLE, "library = :library", {":library": LIBRARY}, index="library", start=start)
        return Page(tuple(answer_of(item, {}) for item in page.items), page.next)


def to_item(answer: Answer) -> Item:
    """Write an answer without the words of its versions."""
    due = answer.due_at
    facts = {
        "topics": answer.scope.topics,
        "products": answer.scope.products,
        "versions": [_version_facts(version) for version in answer.versions],
        "notices": [vars(notice) for notice in answer.notices],
    }
    return {
        "pk": answer.id,
        "sk": HEAD,
        "id": answer.id,
        "library": LIBRARY,
        "title": answer.title,
        "unit": answer.scope.unit,
        "kinds": [kind.value for kind in answer.scope.kinds],
        "owner": answer.owner,
        "version": answer.version,
        "seq": answer.link.seq,
        "head": answer.link.head,
        "due_at": text(due) if due else None,
        "due_shard": "answers#0" if due else None,
        "facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=_textual),
        "searched": answer.searched,
    }


def answer_of(item: Item, words: Mapping[int, Mapping[str, str]]) -> Answer:
    """Read an answer back, with what is known of the words of its versions."""
    facts = json.loads(item["facts"])
    kinds = tuple(Kind(kind) for kind in item["kinds"])
    versions = (_version(kept) for kept in facts["versions"])
    return Answer(
        id=item["id"],
        title=item["title"],
        scope=Scope(item["unit"], kinds, tuple(facts["topics"]), tuple(facts["products"])),
        owner=item["owner"],
        versions=tuple(replace(version, wordings=words.get(version.n, {})) for version in versions),
        notices=tuple(Notice(**kept | {"asked_at": moment(kept["asked_at"])}) for kept in facts["notices"]),
        version=item["version"],
        link=Link(item["seq"], item["head"]),
        searched=item.get("searched", ""),
    )


def version_item(answer: str, version: Version) -> Item:
    """Write the words of a version, beside its answer."""
    wordings = json.dumps(dict(version.wordings), ensure_ascii=False, separators=(",", ":"))
    return {"pk": answer, "sk": f"version#{version.n:04d}", "n": version.n, "wordings": wordings}


def _version_facts(version: Version) -> dict[str, Any]:
    return {name: value for name, value in vars(version).items() if name != "wordings" and value not in (None, "")}


def _version(kept: Mapping[str, Any]) -> Version:
    moments = ("written_at", "effective_from", "review_at", "approved_at", "retired_at")
    read: dict[str, Any] = {name: moment(kept[name]) for name in moments if name in kept}
    if "review_on" in kept:
        read["review_on"] = date.fromisoformat(kept["review_on"])
    read |= {name: tuple(kept[name]) for name in ("languages", "variables")}
    return Version(**{**kept, **read, "state": State(kept["state"])})


def _textual(value: object) -> str:
    if isinstance(value, datetime):
        return text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no fact of an answer: {type(value).__name__}")
