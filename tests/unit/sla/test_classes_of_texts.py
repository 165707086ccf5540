"""Every text to a customer is of one class, and what no file knows is owed."""

import ast
import tomllib
from pathlib import Path

import pytest

from chalicelib.sla.contact import ContactRules, Purpose, read_contact
from chalicelib.sla.packs import PackError
from tests.unit.sla.test_contact import FOLDER, HEAD, NOW, RULE


@pytest.fixture(scope="module")
def rules() -> ContactRules:
    return ContactRules(FOLDER / "contact")


STAFF = {
    "answer_proposed",
    "answer_returned",
    "answer_review",
    "appointment_file_unscanned",
    "appointment_to_choose",
    "approval_needed",
    "assignment_failed",
    "callback_broken_staff",
    "callback_in_vain",
    "callback_late",
    "callback_wrong_number",
    "campaign_over_ended",
    "campaign_over_exhausted",
    "campaign_over_quota",
    "campaign_over_refused",
    "case_assigned",
    "case_reopened",
    "clock_missed",
    "clock_warning",
    "codes_stopped_conversion",
    "codes_stopped_fraud",
    "codes_stopped_spend",
    "complaint_major",
    "complaint_suspected",
    "complaint_withdrawn",
    "decision_returned",
    "emergency_review",
    "emergency_unjustified",
    "face_review",
    "face_review_missed",
    "file_infected_staff",
    "file_unscanned",
    "kiosk_silent",
    "kiosk_tampered",
    "pause_flagged",
    "recovery_asked",
    "task_answered",
    "task_asked",
    "task_cancelled",
    "task_missed",
    "task_returned",
    "task_warning",
    "task_without_owner",
    "update_asked",
}


def test_every_text_is_of_a_class_or_for_staff(rules: ContactRules) -> None:
    templates = set(tomllib.loads((FOLDER.parent / "notifications/texts/en.toml").read_text("utf-8")))
    (house,) = (file for file in rules.load() if file.id == "house")

    assert set(house.texts) | STAFF == templates
    assert set(house.texts) & STAFF == set()


def test_what_the_code_says_to_customers_is_of_a_class_and_what_it_says_to_staff_is_not(rules: ContactRules) -> None:
    (house,) = (file for file in rules.load() if file.id == "house")
    trees = [ast.parse(path.read_text("utf-8")) for path in FOLDER.parent.rglob("service/**/*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) > 2]
    notices = [node.args[1:3] for node in calls if isinstance(node.func, ast.Name) and node.func.id == "Notice"]
    said = {
        (template.value, to.value == "customer")
        for template, to in notices
        if isinstance(template, ast.Constant) and isinstance(to, ast.Constant)
    }

    assert len(said) > 20
    assert {template for template, to_customer in said if to_customer != (template in house.texts)} == set()


def test_what_is_owed_what_waits_for_the_day_and_what_nobody_has_classed(rules: ContactRules) -> None:
    assert rules.text("appointment_reminder", NOW) is Purpose.REMINDER
    assert rules.text("callback_broken", NOW) is Purpose.NEWS
    assert rules.text("complaint_decided", NOW) is None
    assert rules.text("something_new", NOW) is None
    assert rules.text("appointment_reminder", NOW.replace(year=2019)) is None


def test_no_text_is_of_two_classes(tmp_path: Path) -> None:
    texts = '[texts]\nowed = ["code"]\nnews = ["code"]\n'
    (tmp_path / "house.toml").write_text(HEAD + RULE + texts, "utf-8")

    with pytest.raises(PackError, match="one text is in two classes"):
        read_contact(tmp_path / "house.toml")


def test_a_country_classes_no_texts(tmp_path: Path) -> None:
    (tmp_path / "ZZ.toml").write_text(HEAD.replace("house", "ZZ") + RULE + '[texts]\nowed = ["code"]\n', "utf-8")

    with pytest.raises(PackError, match="texts: is not a known key"):
        read_contact(tmp_path / "ZZ.toml")
