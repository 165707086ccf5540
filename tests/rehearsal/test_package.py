"""The package for prod, as `make build` makes it."""

import zipfile
from pathlib import Path

import pytest

from infra.build import Built, build
from infra.package import bytecode
from infra.package.target import Target


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build("prod", tmp_path_factory.mktemp("package"))


def names(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as reading:
        return reading.namelist()


def test_the_zip_is_small_enough_for_a_quick_cold_start(package: Built) -> None:
    assert package.functions.stat().st_size <= 6_000_000


def test_machine_code_is_for_lambda_and_not_for_this_machine(package: Built) -> None:
    shared = [name for name in names(package.functions) + names(package.layer) if name.endswith(".so")]

    assert any("pydantic_core" in name for name in shared)
    assert all("cpython-313-aarch64" in name or ".abi3." in name for name in shared)


def test_nothing_is_left_to_compile_where_there_is_a_python_like_lambdas(package: Built) -> None:
    compiles = bytecode.interpreter(Target.python) is not None
    ours = {name for name in names(package.functions) if name.startswith(("chalicelib/", "app."))}

    assert {"app.pyc", "chalicelib/settings.pyc"} <= ours or not compiles
    assert any(name.endswith(".py") for name in ours) is not compiles
    assert not any("__pycache__" in name for name in ours)


def test_a_second_build_gives_the_same_bytes(package: Built, tmp_path: Path) -> None:
    again = build("prod", tmp_path)

    for one, other in zip(
        (package.template, package.functions, package.layer),
        (again.template, again.functions, again.layer),
        strict=True,
    ):
        assert one.read_bytes() == other.read_bytes()
