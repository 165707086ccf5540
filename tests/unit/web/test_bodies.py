"""What of a body is read at all, and what is said of one that does not fit."""

from typing import Any, ClassVar

import pytest
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from chalicelib.kernel.errors import Malformed, TooLarge, Unsupported
from chalicelib.web import Body, edge, validation
from tests.unit.web.sent import event


@pytest.mark.parametrize(
    ("body", "outsized"),
    [
        ("{}", False),
        ("[" * 32 + "]" * 32, False),
        ("[" * 33 + "]" * 33, True),
        ('{"a":"' + "[" * 100 + '"}', False),
        ('{"a":"\\"' + "[" * 100 + '"}', False),
        ("1" * 399, False),
        ("1" * 400, True),
        ('"' + "1" * 5000 + '"', False),
    ],
)
def test_what_would_break_the_parser_is_seen_before_and_what_stands_in_a_text_is_not_that(
    body: str, outsized: bool
) -> None:
    assert validation.outsized(body) is outsized


def misread(*found: tuple[str, tuple[Any, ...]]) -> Any:
    return validation.refusal(
        RequestValidationError([{"type": kind, "loc": where, "input": "SECRET"} for kind, where in found])
    )


def test_each_field_is_named_with_a_code_of_ours_and_never_with_what_was_in_it() -> None:
    told = misread(
        ("missing", ("body", "subject")),
        ("extra_forbidden", ("body", "items", 0, "x")),
        ("string_type", ("query", "limit")),
        ("datetime_parsing", ("body", "at")),
        ("datetime_type", ("body", "at")),
        ("never_heard_of", ("body",)),
    )

    assert [(one["field"], one["code"]) for one in told.facts["errors"]] == [
        ("subject", "missing"),
        ("items.0.x", "unknown_field"),
        ("limit", "wrong_type"),
        ("at", "format"),
        ("at", "wrong_type"),
        ("body", "invalid"),
    ]
    assert "SECRET" not in str(told.facts)
    assert isinstance(misread(("json_invalid", ("body", 3)), ("missing", ("body",))), Malformed)


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (event("{}", Content_Type="application/json"), None),
        (event("{}", Content_Type="application/merge-patch+json; charset=utf-8"), None),
        (event("{}"), None),
        (event("{}", Content_Type="text/plain"), Unsupported),
        (event("a\ufffdb"), Malformed),
        (event("x" * (TooLarge.MOST_BYTES + 1)), TooLarge),
        (event("投" * (TooLarge.MOST_BYTES // 3 + 1)), TooLarge),
        (event("x" * (TooLarge.MOST_BYTES + 1), "GET"), None),
        (event("e30=") | {"isBase64Encoded": True}, None),
        (event("e30") | {"isBase64Encoded": True}, Malformed),
        (event("/w==") | {"isBase64Encoded": True}, Malformed),
        (event("[" * 40), Malformed),
    ],
)
def test_a_body_is_read_if_it_is_json_text_of_bearable_size(sent: Any, refusal: type[Exception] | None) -> None:
    if refusal is None:
        assert edge._readable(sent)
    else:
        with pytest.raises(refusal):
            edge._readable(sent)


def test_a_body_in_base64_is_given_as_text() -> None:
    read = edge._readable(event("e30=") | {"isBase64Encoded": True})

    assert (read["body"], read["isBase64Encoded"]) == ("{}", False)


CARD = "6212 3456 7890 1232"


class Said(Body):
    """A body of every kind of text."""

    exact: ClassVar = frozenset({"number"})
    text: str = ""
    lines: list[str] | None = None
    words: dict[str, str] | None = None
    number: str = ""


def test_a_text_is_masked_wherever_it_stands() -> None:
    said = Said(text=f"my card {CARD}", lines=["a", CARD], words={"en": CARD})

    assert (said.text, said.lines, said.words) == ("my card •••• 1232", ["a", "•••• 1232"], {"en": "•••• 1232"})


def test_what_has_to_be_exact_stays_as_it_was_sent() -> None:
    assert Said(number=CARD).number == CARD
