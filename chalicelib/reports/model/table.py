"""Tables, and how they are written so that no spreadsheet carries out what a customer wrote."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | int | float | None

# What makes a spreadsheet take a text for a formula, or for more cells than one; full-width forms are taken for it too.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM = "\ufeff"


@dataclass(frozen=True)
class Table:
    """Rows under columns; what is not known is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def dicts(self) -> list[dict[str, Cell]]:
        """Give the rows by the names of their columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def csv(self, *, bom: bool = False) -> str:
        """Write it by RFC 4180, a line ending in CR LF; `bom` is for programs that take UTF-8 for something else."""
        page = io.StringIO(newline="")
        writing = csv.writer(page, dialect="excel", lineterminator="\r\n")
        writing.writerow(self.columns)
        writing.writerows([_written(row) for row in self.rows])
        return (_BOM if bom else "") + page.getvalue()


def defused(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: an apostrophe before what would begin one, blanks or not."""
    bare = text.lstrip(" \u00a0\u3000\ufeff\x00")
    return f"'{text}" if text.startswith(_DANGEROUS) or bare.startswith(_DANGEROUS) else text


def _written(row: Sequence[Cell]) -> Iterator[Any]:
    """Numbers stand as they are, and minus is theirs; only texts can hide a formula."""
    for cell in row:
        yield "" if cell is None else defused(cell) if isinstance(cell, str) else cell
