"""Every queue has a job, every event is told, every job stands alone, every word is there in both languages."""

import ast
import re
import string
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import app as whole
import chalicelib
from chalicelib import subscriptions
from chalicelib.appointments.model import News
from chalicelib.callbacks.campaigns.model import Why as Ends
from chalicelib.kernel import errors
from chalicelib.kernel.access import ALLOWED, Act
from chalicelib.kernel.events import Event
from chalicelib.kernel.wording import Wording
from chalicelib.verification.codes.model import Purpose, Why
from chalicelib.web import problems, validation
from infra.package.probes import Probe
from tests.architecture.declared import routes
from tests.architecture.sources import FILES, ROOT, nodes

PAGE = (ROOT / "docs" / "events.md").read_text("utf-8")
SOURCES = whole.app.event_sources
HANDLERS = [source.handler_string for source in SOURCES]
QUEUES = {source.queue for source in SOURCES if hasattr(source, "queue")}
NOT_IN_A_WORKER = ("app", "pydantic", "aws_lambda_powertools.event_handler")
# What needs no session. Everything else declares an act.
PUBLIC = {
    ("POST", "/v1/verifications"),
    ("POST", "/v1/verifications/{verification}/resend"),
    ("POST", "/v1/verifications/{verification}/check"),
    ("POST", "/v1/sessions"),
    ("POST", "/v1/staff/sessions"),
    ("POST", "/v1/webhooks/sms/{provider}"),
    ("POST", "/v1/webhooks/twilio/{text}"),
    ("POST", "/v1/webhooks/sns"),
    ("POST", "/v1/words/check"),
    ("POST", "/v1/webhooks/calls/{provider}"),
    ("GET", "/v1/warnings/{context}"),
    ("POST", "/v1/kiosks/enrol"),
    ("POST", "/v1/kiosks/sessions"),
    ("GET", "/v1/status/{token}"),
    ("GET", "/v1/health"),
    ("GET", "/v1/opening-hours"),
    ("GET", "/v1/openapi.json"),
    ("GET", "/v1/services"),
    ("GET", "/v1/branches"),
    ("GET", "/v1/branches/{branch}/slots"),
    ("GET", "/v1/calendars/{token}/visit.ics"),
    ("GET", "/v1/callbacks/verify"),
    ("GET", "/v1/visits/{token}"),
    ("POST", "/v1/visits/{token}/holds"),
    ("POST", "/v1/visits/{token}/reschedule"),
    ("POST", "/v1/visits/{token}/accept"),
    ("POST", "/v1/visits/{token}/cancel"),
    ("GET", "/v1/visits/{token}/checklist"),
    ("POST", "/v1/visits/{token}/checklist/{document}"),
    ("POST", "/v1/visits/{token}/files"),
    ("POST", "/v1/visits/{token}/files/{attachment}/uploaded"),
    ("GET", "/v1/waits/{token}"),
    ("POST", "/v1/waits/{token}/accept"),
    ("POST", "/v1/waits/{token}/decline"),
    ("POST", "/v1/waits/{token}/leave"),
    ("GET", "/docs"),
}


# Services are imported when they are built; whoever asks for every event and every refusal has to know all modules.
for found in walk_packages(chalicelib.__path__, "chalicelib."):
    import_module(found.name)
# A code of which nothing is heard goes another way: whoever sends words sends that too.
GOES_ON = {f"verification.{what}" for what in ("started", "resent", "rerouted", "failed")}


def below(kind: type) -> set[type]:
    """Give a class with all its subclasses."""
    return {kind} | {inner for direct in kind.__subclasses__() for inner in below(direct)}


EVENTS = {
    event.NAME: event
    for event in below(Event)
    if event is not Event and event.__module__.startswith("chalicelib.")  # tests have events of their own
}


def rows() -> dict[str, tuple[str, list[str], list[str]]]:
    """Read the page of events: for each, who says it, the fields of its body, and who hears it."""
    found: dict[str, tuple[str, list[str], list[str]]] = {}
    for section in PAGE.split("\n## ")[1:]:
        speaker = section.partition("\n")[0].strip()
        for name, body, heard in re.findall(r"^\| `([a-z_.]+)` \|[^|]*\| ([^|]*) \| ([^|]*) \|$", section, re.M):
            found[name] = (speaker, body.split(", "), [] if heard == "recorded only" else heard.split(", "))
    return found


def test_every_queue_has_a_job_and_every_job_a_queue() -> None:
    named = {queue for queues in subscriptions.BY_NAME.values() for queue in queues} | set(subscriptions.DUE.values())

    assert named == QUEUES == {"attachments", "bookings", "callbacks", "escalations", "notifications", "receipts"}


def test_every_event_is_on_the_page_of_events_and_nothing_else_is() -> None:
    assert len(EVENTS) > 20
    assert set(rows()) == set(EVENTS)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_the_page_says_who_speaks_what_is_said_and_who_hears_it(name: str) -> None:
    speaker, body, heard = rows()[name]

    assert EVENTS[name].__module__.split(".")[1] == speaker
    assert [field.name for field in fields(EVENTS[name])] == body
    assert list(subscriptions.BY_NAME.get(name, ())) == heard


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_whoever_hears_of_notices_is_the_one_who_sends_them(name: str) -> None:
    carries = "notices" in {field.name for field in fields(EVENTS[name])}

    assert (carries or name in GOES_ON) == (subscriptions.NOTIFICATIONS in subscriptions.BY_NAME.get(name, ()))


def test_only_the_listed_routes_are_open_to_everybody() -> None:
    assert {(route.method, route.path) for route in routes() if route.act is None} == PUBLIC


def test_every_declared_route_is_mounted() -> None:
    mounted = {(method, path) for path, methods in whole.app.routes.items() for method in methods}

    assert mounted == {(route.method, route.path) for route in routes()}


def test_every_act_is_in_the_table_and_is_asked_for_somewhere() -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "chalicelib").rglob("*.py") if path.stem != "access")

    assert set(ALLOWED) == set(Act)
    assert [act.name for act in Act if f"Act.{act.name}" not in text] == []


@pytest.mark.parametrize("language", problems.LANGUAGES)
def test_every_refusal_has_its_words(language: str) -> None:
    words = problems.texts(language)["problems"]
    codes = {kind.code for kind in below(errors.Refusal) if kind is not errors.Refusal} | {"internal"}

    assert codes == set(words)
    assert all(entry["title"] and entry["detail"] for entry in words.values())


@pytest.mark.parametrize("language", problems.LANGUAGES)
def test_every_code_of_a_field_has_its_words(language: str) -> None:
    raised = {code for path in FILES for code in field_codes(path)}

    assert raised
    assert raised | set(validation.CODES.values()) | {"wrong_type", "format", "invalid"} == set(
        problems.texts(language)["fields"]
    )


@cache
def field_codes(path: Path) -> set[str]:
    """Find the codes that a file gives to fields: `Invalid.field(name, code)` and `{"field": ..., "code": ...}`."""
    calls = [
        node
        for node in nodes(path)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "field" and len(node.args) == 2
    ]
    found = {node.args[1].value for node in calls if isinstance(node.args[1], ast.Constant)}
    for node in nodes(path):
        if isinstance(node, ast.Dict):
            pairs = {getattr(key, "value", None): value for key, value in zip(node.keys, node.values, strict=True)}
            code = pairs.get("code")
            if "field" in pairs and isinstance(code, ast.Constant):
                found.add(code.value)
    return {str(code) for code in found}


WORDING = Wording(ROOT / "chalicelib" / "notifications" / "texts")


def holes(template: dict[str, str]) -> set[str]:
    """Name what is filled into a template."""
    return {name for text in template.values() for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_templates_with_the_same_holes() -> None:
    english, chinese = WORDING._of("en"), WORDING._of("zh-CN")

    assert {name: (set(t), holes(t)) for name, t in english.items()} == {
        name: (set(t), holes(t)) for name, t in chinese.items()
    }


def test_every_template_that_is_named_exists_and_no_other() -> None:
    named = {f"code_{purpose}" for purpose in Purpose} | {"code_step_up_transaction"}
    named |= {"code_voice", "code_voice_transaction", "phone_changing"}
    named |= {f"codes_stopped_{why}" for why in Why}
    named |= {f"campaign_over_{why}" for why in Ends if why is not Ends.STOPPED}
    named |= {news.value for news in News}
    for path in (ROOT / "chalicelib").rglob("*.py"):
        named |= templates_named(path)

    assert named == set(WORDING._of("en"))


def templates_named(path: Path) -> set[str]:
    """Find the templates that a file names: the second argument of every Notice, or what is assigned to it."""
    notices = [node for node in nodes(path) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice"]
    wanted = [node.args[1] for node in notices if len(node.args) > 1]
    variables = {node.id for node in wanted if isinstance(node, ast.Name)}
    for node in nodes(path):
        if isinstance(node, ast.Assign) and {getattr(target, "id", "") for target in node.targets} & variables:
            wanted += [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
    return {node.value for node in wanted if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_job_imports_alone_and_lean(handler: str, probed: dict[str, Probe]) -> None:
    assert probed[handler].trouble == ""
    assert not probed[handler].modules & set(NOT_IN_A_WORKER)


def test_a_hint_carries_nothing_that_no_job_reads() -> None:
    jobs = [path for path in FILES if path.name == "jobs.py"]
    read = {node.value for path in jobs for node in nodes(path) if isinstance(node, ast.Constant)}
    assert subscriptions.CARRIED - read == set()
