"""The packaged template, made once for all tests of it."""

import copy
import json
from pathlib import Path

import pytest

from infra import build
from infra.package import probes, staging
from infra.package.probes import Probe
from infra.package.resources import Template

HANDLERS = {
    "APIHandler": "app.app",
    "Publish": "chalicelib.records.jobs.publish",
    "Sweep": "chalicelib.operations.jobs.sweep",
    "Escalate": "chalicelib.tickets.jobs.escalate",
    "Notify": "chalicelib.notifications.jobs.notify",
    "Receipt": "chalicelib.notifications.jobs.receipt",
    "Book": "chalicelib.appointments.jobs.book",
    "Callback": "chalicelib.callbacks.jobs.callback",
    "Examine": "chalicelib.attachments.jobs.examine",
}


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return json.loads(build.template("prod", tmp_path_factory.mktemp("prod")).read_text("utf-8"))


@pytest.fixture
def template(packaged: Template) -> Template:
    return copy.deepcopy(packaged)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return staging.stage(tmp_path_factory.mktemp("project") / "staged", staging.ROOT, copy=False)


@pytest.fixture(scope="session")
def probed(project: Path) -> dict[str, Probe]:
    """What a cold start of each handler loads, without any setting of ours."""
    return {probe.handler: probe for probe in probes.probe_all(project, list(HANDLERS.values()))}
