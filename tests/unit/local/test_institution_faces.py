"""Face checks in an institution's file: read strictly, compared, and told as a person reads it."""

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.verification.faces.model import Bar, Purpose, Risk
from chalicelib.verification.faces.service import Offering
from chalicelib.verification.faces.store import DynamoFaces
from infra.institution.changes import of_faces
from infra.institution.faces import offering
from infra.local.seed import institution
from tests.face_world import SYSTEM, Booth
from tests.simulation.tables import MemoryTables

TOLD: dict[str, Any] = {
    "open": True,
    "version": 1,
    "text": {"en": "We compare.", "zh-CN": "我们比对。"},
    "purpose": {"en": "Risky acts.", "zh-CN": "高风险操作。"},
    "keep_days": 30,
    "assessment": "PIA-1",
    "assessed_on": "2026-07-01",
    "elevated": {"liveness": 90, "similarity": 95.5, "liveness_least": 70, "similarity_least": 85},
    "high": {"liveness": 95, "similarity": 99, "liveness_least": 80, "similarity_least": 90},
    "risks": {"step_up": "elevated"},
}


def faults(*path: str, value: Any) -> list[str]:
    told, found = copy.deepcopy(TOLD), list[str]()
    inner = told
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        inner.pop(path[-1])
    else:
        inner[path[-1]] = value
    offering(told, found)
    return found


def test_what_the_file_says_is_read() -> None:
    found: list[str] = []
    offer = offering(copy.deepcopy(TOLD), found)

    assert found == []
    assert offer is not None
    assert offer.terms is not None
    assert (offer.open, offer.review_hours, offer.terms.assessed_on) == (True, 24, date(2026, 7, 1))
    assert offer.bars[Risk.ELEVATED] == Bar(9000, 9550, 7000, 8500)
    assert offer.risks == {Purpose.STEP_UP: Risk.ELEVATED}
    assert offering({}, found) is None


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("assessment",), None, "faces.assessment: is missing"),
        (("assessed_on",), "soon", "faces.assessed_on: must be a day, like 2026-07-01"),
        (("text",), {"en": "only"}, "faces.text: says it in en and zh-CN"),
        (("purpose", "en"), " ", "faces.purpose: says it in en and zh-CN"),
        (("text", "en"), "x" * 4001, "faces.text: has at most 4000 characters"),
        (("keep_days",), 366, "faces.keep_days: must be from 1 to 365"),
        (("review_hours",), 73, "faces.review_hours: must be from 1 to 72"),
        (("version",), 0, "faces.version: must be from 1 to 1000000"),
        (("high", "liveness"), 101, "faces.high.liveness: must be a percentage above 0"),
        (("high", "similarity"), True, "faces.high.similarity: must be a percentage above 0"),
        (
            ("high", "liveness_least"),
            96,
            "faces.high.liveness_least: what a person looks at is below what passes, for liveness and similarity",
        ),
        (("risks", "step_up"), "low", "faces.risks.step_up: unknown: low"),
        (("risks", "sign_in"), "high", "faces.risks.sign_in: is not known here"),
        (("keep",), 1, "faces.keep: is not known here"),
    ],
)
def test_what_is_wrong_is_named(path: tuple[str, ...], value: Any, fault: str) -> None:
    assert faults(*path, value=value) == [fault]


def test_what_differs_is_shown_and_written_once() -> None:
    told = institution()
    offering_ = Offering(DynamoFaces(MemoryTables()))
    (change,) = of_faces(told, offering_)
    lines = list(change.lines())

    assert lines[0] == "+ faces"
    assert "    open: yes" in lines
    assert "    risk high: passes at 9500 and 9900, a person at 8000 and 9000" in lines
    assert change.carry_out(None, None, Booth().call(SYSTEM))  # type: ignore[arg-type]
    assert of_faces(told, offering_) == []
    assert told.faces is not None
    (closed,) = of_faces(replace(told, faces=replace(told.faces, open=False)), offering_)
    assert list(closed.lines()) == ["~ faces", "    open: yes -> no"]
    assert of_faces(replace(told, faces=None), offering_) == []
