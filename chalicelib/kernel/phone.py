"""Phone numbers, by the library everybody uses; it is read when the first number comes, since few calls bring one."""

from .errors import PhoneInvalid


def dialable(text: str) -> str:
    """Give a number in E.164, or raise PhoneInvalid if it cannot be dialled; it must start with its country, like +86."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException as unreadable:
        raise PhoneInvalid from unreadable
    if not phonenumbers.is_valid_number(number):
        raise PhoneInvalid
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def country(e164: str) -> str:
    """Give the two-letter region of a dialable number, like CN or GB."""
    import phonenumbers

    return phonenumbers.region_code_for_number(phonenumbers.parse(e164)) or ""
