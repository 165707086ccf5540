"""Phone numbers, by the library everybody uses; it is read when the first number comes, since few calls bring one."""

from dataclasses import dataclass

from .errors import PhoneInvalid


@dataclass(frozen=True)
class Number:
    """A dialable number: in E.164, its dial code like 86, its region like CN, and whether it takes texts, and calls of ours."""

    e164: str
    dial: str
    region: str
    textable: bool
    callable: bool = False


def read(text: str) -> Number:
    """Read a number, or raise PhoneInvalid if it cannot be dialled; it must start with its country, like +86."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException as unreadable:
        raise PhoneInvalid from unreadable
    region = phonenumbers.region_code_for_number(number)
    if region is None or not phonenumbers.is_valid_number_for_region(number, region):
        raise PhoneInvalid
    # In some countries nobody can tell mobile numbers from others. Premium, shared-cost and VoIP numbers, pagers and the
    # like cost what their holder likes, or belong to nobody in particular.
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    kind = phonenumbers.number_type(number)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Number(
        e164, str(number.country_code), region, kind in kinds, kind in (*kinds, phonenumbers.PhoneNumberType.FIXED_LINE)
    )


def dialable(text: str) -> str:
    """Give a number in E.164, or raise PhoneInvalid if it cannot be dialled; it must start with its country, like +86."""
    return read(text).e164


def callable_at(text: str) -> str:
    """Give a number in E.164, or raise PhoneInvalid if it cannot be dialled or costs whoever calls there what it likes."""
    number = read(text)
    if not number.callable:
        raise PhoneInvalid
    return number.e164


def country(e164: str) -> str:
    """Give the two-letter region of a dialable number, like CN or GB."""
    import phonenumbers

    return phonenumbers.region_code_for_number(phonenumbers.parse(e164)) or ""
