"""Every queue has a job, every event is told, every refusal has its words."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import app as whole
from chalicelib import subscriptions
from chalicelib.kernel import errors
from chalicelib.kernel.access import ALLOWED, Act
from chalicelib.kernel.events import Event
from chalicelib.kernel.wording import Wording
from chalicelib.web import problems

ROOT = Path(__file__).parents[2]
EVENTS_PAGE = (ROOT / "docs" / "events.md").read_text("utf-8")
QUEUES = {handler.queue for handler in whole.app.event_sources if type(handler).__name__ == "SQSEventConfig"}
HANDLERS = ["tickets.jobs", "notifications.jobs", "records.jobs", "operations.jobs"]
PUBLIC = {
    ("POST", "/v1/verifications"),
    ("POST", "/v1/verifications/{verification}/resend"),
    ("POST", "/v1/verifications/{verification}/check"),
    ("POST", "/v1/sessions"),
    ("POST", "/v1/staff/sessions"),
    ("POST", "/v1/webhooks/sms/{provider}"),
    ("GET", "/v1/status/{token}"),
    ("GET", "/v1/health"),
    ("GET", "/v1/openapi.json"),
    ("GET", "/docs"),
}


def below(kind: type) -> set[type]:
    """Give all subclasses."""
    return {kind} | {inner for direct in kind.__subclasses__() for inner in below(direct)}


def test_every_queue_has_a_job_and_every_job_a_queue() -> None:
    named = {queue for queues in subscriptions.BY_NAME.values() for queue in queues} | set(subscriptions.DUE.values())

    assert named == QUEUES == {"escalations", "notifications", "receipts"}


def test_every_event_is_on_the_page_of_events() -> None:
    names = {event.NAME for event in below(Event) if hasattr(event, "NAME")}

    assert len(names) > 20
    assert names == set(re.findall(r"^\| `([a-z_.]+)`", EVENTS_PAGE, re.M))


def test_only_the_listed_routes_are_open_to_everybody() -> None:
    from chalicelib.complaints import routes as complaints
    from chalicelib.identity import routes as identity
    from chalicelib.notifications import routes as notifications
    from chalicelib.operations import routes as operations
    from chalicelib.tickets import routes as tickets
    from chalicelib.verification.codes import routes as codes

    apis = [codes.api, identity.api, tickets.api, tickets.desk, complaints.api, complaints.desk]
    routes = [route for api in [*apis, notifications.api, operations.api] for route in api.routes]

    assert {(route.method, route.path) for route in routes if route.act is None} == PUBLIC
    assert {route.path for route in routes} == set(whole.app.routes)


def test_every_act_is_in_the_table() -> None:
    assert set(ALLOWED) == set(Act)


@pytest.mark.parametrize("language", problems.LANGUAGES)
def test_every_refusal_has_its_words(language: str) -> None:
    words = problems.texts(language)["problems"]
    codes = {kind.code for kind in below(errors.Refusal) if kind is not errors.Refusal} | {"internal"}

    assert codes == set(words)
    assert all(entry["title"] and entry["detail"] for entry in words.values())
    assert set(problems.texts(language)["fields"]) == set(problems.texts("en")["fields"])


def test_both_languages_have_the_same_templates() -> None:
    wording = Wording(ROOT / "chalicelib" / "notifications" / "texts")

    assert set(wording._of("en")) == set(wording._of("zh-CN"))


@pytest.mark.parametrize("module", HANDLERS)
def test_a_job_imports_alone_and_lean(module: str) -> None:
    program = (
        f"import chalicelib.{module}, sys;"
        "sys.exit(','.join(m for m in ('app', 'pydantic', 'aws_lambda_powertools.event_handler') if m in sys.modules) or 0)"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
