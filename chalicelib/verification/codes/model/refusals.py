"""Why a code is not sent, or not good."""

from collections.abc import Mapping
from typing import ClassVar

from chalicelib.kernel.errors import Conflict, Forbidden, Gone, Invalid, TooMany, Unavailable

# Other ways to prove who one is, which cost no text; what each is called is the app's business.
OTHER_WAYS = ("app", "branch", "staff")


class CodeWrong(Invalid):
    """The code is not the one that was sent, or not for this transaction; `remaining` tries are left."""

    code = "code_wrong"
    such_as: ClassVar[Mapping[str, object]] = {"remaining": 3}


class CodeExpired(Gone):
    """The code was not typed in time."""

    code = "code_expired"


class CodeUsed(Conflict):
    """The code was right once before; it works once."""

    code = "code_used"


class TooManyAttempts(TooMany):
    """Every try of this code is used up."""

    code = "too_many_attempts"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 600, "remaining": 0}


class TooManyCodes(TooMany):
    """Another code is asked for too soon, or too often; which of the limits it was is told to nobody."""

    code = "too_many_codes"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 30, "remaining": 0, "alternatives": list(OTHER_WAYS)}


class SmsUnavailable(Unavailable):
    """No text is sent there now: the day's money is spent, or too few of the codes sent there are ever typed."""

    code = "sms_unavailable"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 3600, "alternatives": list(OTHER_WAYS)}


class DestinationClosed(Invalid):
    """The institution sends no texts to that country."""

    code = "destination_closed"
    such_as: ClassVar[Mapping[str, object]] = {"alternatives": list(OTHER_WAYS)}


class NumberUntrusted(Forbidden):
    """The number may not be in its holder's hands just now; what is known of it is told to nobody who asks for codes."""

    code = "number_untrusted"
    such_as: ClassVar[Mapping[str, object]] = {"alternatives": list(OTHER_WAYS)}


class NumberUnsuitable(Invalid):
    """No text arrives there, or at a price that its holder sets: a landline, premium-rate or internet number."""

    code = "number_unsuitable"
    such_as: ClassVar[Mapping[str, object]] = {"alternatives": list(OTHER_WAYS)}
