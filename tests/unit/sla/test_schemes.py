"""Regulators' codes as data: read strictly, refused only where our copy is known to be whole."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.sla.reading import PackError
from chalicelib.sla.schemes import Schemes, UnknownCodeError, read_scheme
from tests.unit.sla.conftest import FOLDER

SHIPPED = Schemes(FOLDER / "codes")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def changed(folder: Path, old: str, new: str) -> Path:
    """Write the FCA's scheme with one thing changed."""
    text = (FOLDER / "codes" / "fca_disp.toml").read_text("utf-8")
    assert old in text
    path = folder / "fca_disp.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_what_ships_is_read_and_has_both_names_of_each_code() -> None:
    assert SHIPPED.ids() == ("asic_idr", "fca_disp", "jrt0169")
    for id_ in SHIPPED.ids():
        for scheme in SHIPPED.versions(id_):
            names = [names for one in scheme.lists for names in one.names.values()]
            assert all(name["en"] and name["zh"] for name in names)
            assert scheme.source


def test_a_list_that_is_whole_refuses_what_it_does_not_have() -> None:
    fca = SHIPPED.in_force("fca_disp", NOW)

    assert fca.checked(["product.banking", "product.banking"]) == ("product.banking",)
    with pytest.raises(UnknownCodeError):
        fca.checked(["product.crypto"])


@pytest.mark.parametrize("code", ["A.front.branch", "B99", "C.anything.else"])
def test_a_list_that_is_not_whole_takes_whatever_has_the_form(code: str) -> None:
    assert SHIPPED.in_force("jrt0169", NOW).checked([code]) == (code,)


@pytest.mark.parametrize("code", ["D01", "A", "A.", "=A1", "A01\n", "", "product.banking"])
def test_what_has_not_the_form_is_no_code(code: str) -> None:
    with pytest.raises(UnknownCodeError):
        SHIPPED.in_force("jrt0169", NOW).checked([code])


def test_a_scheme_nobody_has_and_one_not_in_force_yet_are_unknown() -> None:
    for id_, at in (("nobody", NOW), ("jrt0169", datetime(2018, 9, 3, 15, 59, tzinfo=UTC))):
        with pytest.raises(UnknownCodeError):
            SHIPPED.in_force(id_, at)
    assert SHIPPED.in_force("jrt0169", datetime(2018, 9, 3, 16, tzinfo=UTC)).ref == "jrt0169@2018-09-04.1"


def test_a_newer_version_takes_over_on_its_day_and_the_old_one_is_still_known(tmp_path: Path) -> None:
    changed(tmp_path, "2016-06-30.1", "2016-06-30.1")
    text = (tmp_path / "fca_disp.toml").read_text("utf-8").replace("2016-06-30", "2027-01-01")
    (tmp_path / "fca_disp@2027-01-01.1.toml").write_text(text, "utf-8")
    both = Schemes(tmp_path)

    assert both.in_force("fca_disp", NOW).version == "2016-06-30.1"
    assert both.in_force("fca_disp", datetime(2027, 1, 1, tzinfo=UTC)).version == "2027-01-01.1"
    assert both.get("fca_disp@2016-06-30.1").effective_from.year == 2016


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('id = "fca_disp"', 'id = "fca"', "id"),
        ("complete = true", "complete = 1", "complete"),
        ("complete = true", 'complete = true\nwhole = "yes"', "whole"),
        ('prefix = "cause."', 'prefix = "product.x"', "lists"),
        ('"product.banking"', '"cause.banking"', "cause.banking"),
        ('form = "(product', 'form = "((product', "form"),
        ('zh = "投资"', 'zh = ""', "zh"),
        ("2016-06-30.1", "2016-07-01.1", "version"),
        ("Europe/London", "Europe/Londinium", "timezone"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(PackError, match=named):
        read_scheme(changed(tmp_path, old, new))
