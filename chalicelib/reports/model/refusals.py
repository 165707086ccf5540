"""Why a report is not given."""

from collections.abc import Mapping
from typing import ClassVar

from chalicelib.kernel.errors import Invalid


class ReportTooLarge(Invalid):
    """More cases than one answer can be made of; `limit` is how many may be in it."""

    code = "report_too_large"
    such_as: ClassVar[Mapping[str, object]] = {"limit": 2_000}


class FileIncomplete(Invalid):
    """Something the regulator wants is missing; `faults` says how often. Asked with validate=true, the answer says where."""

    code = "file_incomplete"
    such_as: ClassVar[Mapping[str, object]] = {"faults": 3}
