"""The packaged template, made once for all tests of it."""

import copy
import json
from pathlib import Path

import pytest

from infra import build
from infra.package import staging
from infra.package.resources import Template


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return json.loads(build.template("prod", tmp_path_factory.mktemp("prod")).read_text("utf-8"))


@pytest.fixture
def template(packaged: Template) -> Template:
    return copy.deepcopy(packaged)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return staging.stage(tmp_path_factory.mktemp("project") / "staged", staging.ROOT, copy=False)
