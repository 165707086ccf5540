"""What reports are made of: lines, periods, tables, cases as of a day, and what may be wrong with them."""

from .case import Case, Redress
from .line import By, Line, Name
from .period import Period, PeriodNotOver, periods
from .refusals import FileIncomplete, ReportTooLarge
from .table import Cell, Table, defused

__all__ = [
    "By",
    "Case",
    "Cell",
    "FileIncomplete",
    "Line",
    "Name",
    "Period",
    "PeriodNotOver",
    "Redress",
    "ReportTooLarge",
    "Table",
    "defused",
    "periods",
]
