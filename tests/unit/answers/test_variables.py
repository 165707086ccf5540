"""What a wording may leave to the case, and how it is filled: every hole or none, and only once."""

import pytest

from chalicelib.answers.model import KNOWN, FactMissing, VariableUnknown, filled, holes
from chalicelib.kernel.errors import Invalid


def test_the_variables_of_a_wording_are_found_each_once_in_order() -> None:
    assert holes("About {number}: {due_date}. Again {number}.") == ("number", "due_date")
    assert holes("No variable at all.") == ()


def test_a_variable_that_is_not_in_the_list_is_refused_with_the_list() -> None:
    with pytest.raises(VariableUnknown) as refused:
        holes("{number} {sum} {name}")

    assert refused.value.facts == {"unknown": ["name", "sum"], "known": list(KNOWN)}


@pytest.mark.parametrize(
    "wording",
    [
        *("{", "}", "{number", "number}", "{}", "{ number }", "{number!r}", "{number.real}", "{number[0]}"),
        *("{{number}}", "{Number}", "{number:>9}", "{0}", "{number}}"),
    ],
)
def test_a_brace_that_belongs_to_no_variable_is_refused(wording: str) -> None:
    with pytest.raises(Invalid) as refused:
        holes(wording)

    assert refused.value.facts == {"errors": [{"field": "wordings", "code": "format"}]}


@pytest.mark.parametrize("facts", [{}, {"due_date": ""}])
def test_a_fact_that_is_missing_leaves_no_hole_but_is_named(facts: dict[str, str]) -> None:
    with pytest.raises(FactMissing) as refused:
        filled("{number} by {due_date}, {redress}", {"number": "T-1", **facts})

    assert refused.value.facts == {"missing": ["due_date", "redress"]}


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    facts = {"subject": "{reasons} {owner_name} {", "reasons": "secret", "owner_name": "Li Na"}

    assert filled("About “{subject}”.", facts) == "About “{reasons} {owner_name} {”."
