"""Phone numbers are taken as E.164 or not at all."""

import pytest

from chalicelib.kernel import phone
from chalicelib.kernel.errors import PhoneInvalid


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("+8613800138000", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("+44 7400 123456", "+447400123456"),
        ("+44 (0)7400 123456", "+447400123456"),
        ("tel:+852-5123-4567", "+85251234567"),
    ],
)
def test_a_number_is_written_in_one_way(given: str, meant: str) -> None:
    assert phone.dialable(given) == meant


@pytest.mark.parametrize(
    "text",
    ["", "13800138000", "+86", "+861380013800", "+8613800138000000", "+999123456789", "phone", "+1 555 0100", "+" * 60],
)
def test_what_cannot_be_dialled_is_refused(text: str) -> None:
    with pytest.raises(PhoneInvalid):
        phone.dialable(text)


@pytest.mark.parametrize(
    ("number", "country"), [("+8613800138000", "CN"), ("+447400123456", "GB"), ("+85251234567", "HK")]
)
def test_a_number_says_its_country(number: str, country: str) -> None:
    assert phone.country(number) == country


def test_a_number_of_no_country_has_none() -> None:
    assert phone.country("+870772001000") in ("", "001")


@pytest.mark.parametrize(
    ("number", "takes"), [("+8613800138000", True), ("+862154660000", True), ("+442079460000", True)]
)
def test_mobiles_and_fixed_lines_are_called(number: str, takes: bool) -> None:
    assert phone.read(number).callable is takes
    assert phone.callable_at(number) == number


@pytest.mark.parametrize("number", ["+449098790000", "+448712345678", "+18005550199"])
def test_what_costs_as_its_holder_likes_or_is_nobodys_in_particular_is_not_called(number: str) -> None:
    with pytest.raises(PhoneInvalid):
        phone.callable_at(number)
