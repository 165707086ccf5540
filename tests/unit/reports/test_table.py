"""What leaves as CSV is read by a spreadsheet as what it is: text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.reports.model import Table, defused

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u3000=1",
    "\ufeff=1",
    "＝1",
    "＠A1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_carry_out_is_made_text(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "fees", "a=b", "1-2", "电话渠道", "'=1", "T-20261123-7K3QX"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_a_negative_number_is_a_number_and_a_text_that_looks_like_one_is_not() -> None:
    assert Table(("a", "b"), ((-1, "-1"),)).csv() == "a,b\r\n-1,'-1\r\n"


def test_a_csv_is_as_rfc_4180_has_it_and_may_begin_with_a_mark() -> None:
    table = Table(("a", "名"), (('he said "no"', "x,y"), ("two\nlines", None)))

    assert table.csv() == 'a,名\r\n"he said ""no""","x,y"\r\n"two\nlines",\r\n'
    assert table.csv(bom=True) == "\ufeff" + table.csv()


@given(st.lists(st.tuples(st.text(), st.text(), st.integers()), max_size=5))
def test_whatever_stands_in_it_comes_back_and_begins_no_formula(rows: list[tuple[str, str, int]]) -> None:
    text = Table(("a", "b", "c"), tuple(rows)).csv()
    back = list(csv.reader(io.StringIO(text, newline="")))[1:]

    assert back == [[defused(a), defused(b), str(c)] for a, b, c in rows]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in back for cell in row[:2])
