"""The parameters that several routes take."""

from typing import Annotated

from chalicelib.kernel.errors import AnswerNotApproved, AnswerUnsuitable, FactMissing, NotFound
from chalicelib.web import Path, Query
from chalicelib.web.shapes import GivenMoment

Id = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]
AsOf = Annotated[GivenMoment | None, Query()]
# How a call may be refused that names a canned answer.
ANSWER = (NotFound, AnswerNotApproved, AnswerUnsuitable, FactMissing)
