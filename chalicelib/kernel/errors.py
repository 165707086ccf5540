"""Every refusal, by kind.

    Refusal
    ├── Malformed       what came cannot be read            400
    ├── NotSignedIn     nobody, or no longer somebody       401
    ├── Forbidden       somebody, but not allowed           403
    ├── NotFound        not there, or not for you           404
    ├── Conflict        not now                             409
    ├── Gone            it was, and has expired             410
    ├── Outdated        you have not seen the newest        412
    ├── TooLarge        more than we read                   413
    ├── Unsupported     not in this form                    415
    ├── Invalid         read, but against the rules         422
    ├── TooMany         too often                           429
    └── Unavailable     not our rules but our machines      503

Each subclass is named after the rule it protects and carries a stable `code`. Its words, in every language, stand in
`web/texts`; its `facts` become members of the answer.
"""

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):
    """A wish that is refused; `facts` are told to the caller and must be free of personal data.

    `such_as` shows the facts of a kind as they may look, for the documentation.
    """

    code: ClassVar[str] = "refused"
    such_as: ClassVar[Mapping[str, object]] = {}

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts


class Malformed(Refusal):
    """What came cannot be read."""

    code = "malformed"


class NotSignedIn(Refusal):
    """Nobody asks, or somebody who is no longer anybody."""

    code = "not_signed_in"


class Forbidden(Refusal):
    """Whoever asks is not allowed to do this to anything."""

    code = "forbidden"


class NotFound(Refusal):
    """There is no such thing, or none for whoever asks."""

    code = "not_found"


class Conflict(Refusal):
    """It could be done at another time, but not now."""

    code = "conflict"


class Gone(Refusal):
    """It was there, and has expired."""

    code = "gone"


class Outdated(Refusal):
    """Whoever asks has not seen the newest version; `version` is its number."""

    code = "outdated"
    such_as: ClassVar[Mapping[str, object]] = {"version": 4}


class TooLarge(Refusal):
    """More came than we read; `limit` is how many bytes a body may have.

    Far below API Gateway's 10 MB and Lambda's 6 MB, yet 20,000 characters fit in even if each is escaped as two times six.
    """

    code = "request_too_large"
    MOST_BYTES: ClassVar[int] = 256 * 1024
    such_as: ClassVar[Mapping[str, object]] = {"limit": MOST_BYTES}


class Unsupported(Refusal):
    """It came in a form we do not read."""

    code = "unsupported"


class Invalid(Refusal):
    """`errors` lists `{field, code, message?}` for each field at fault."""

    code = "invalid"
    such_as: ClassVar[Mapping[str, object]] = {"errors": [{"field": "subject", "code": "missing"}]}

    @classmethod
    def field(cls, name: str, code: str) -> "Invalid":
        """Refuse one field by its name and a stable code."""
        return cls(errors=[{"field": name, "code": code}])


class TooMany(Refusal):
    """`retry_after` says in how many seconds another try makes sense."""

    code = "too_many"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 30}


class Unavailable(Refusal):
    """A machine we need cannot be had; nothing was done."""

    code = "unavailable"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 1}


class Changed(Conflict):
    """Somebody else changed the same thing between our read and our write."""

    code = "changed"


class NotAllowedNow(Conflict):
    """The state does not allow this; `allowed` lists what it does allow."""

    code = "not_allowed_now"
    such_as: ClassVar[Mapping[str, object]] = {"state": "received", "allowed": ["decided", "in_progress"]}


class KeyReused(Invalid):
    """The idempotency key was used before, with another body."""

    code = "idempotency_key_reused"
    such_as: ClassVar[Mapping[str, object]] = {}


class ConflictOfInterest(Forbidden):
    """Who is complained about neither owns, decides nor approves (Order 2020-3 Art.17, 回避); nobody approves their own."""

    code = "conflict_of_interest"


class ApprovalNeeded(Forbidden):
    """Somebody else has to approve: of the right role, and neither who asked nor who is complained about."""

    code = "approval_needed"


class StepUpNeeded(Forbidden):
    """It takes more than a session: `level`, reached by one of the `acceptable` methods, at most `within` seconds ago."""

    code = "step_up_needed"
    such_as: ClassVar[Mapping[str, object]] = {"level": 2, "acceptable": ["step_up"], "within": 600}


class AnswerNotApproved(Conflict):
    """The version is not approved and in force, so no customer reads it; `in_force` is the one that is, if any."""

    code = "answer_not_approved"
    such_as: ClassVar[Mapping[str, object]] = {"answer": "ans_01M8325SC0WHNK40B5XV4HWRT4", "version": 3, "in_force": 2}


class AnswerUnsuitable(Invalid):
    """The answer is not for such a matter; `unsuitable` says in what: kind, topic, product, unit or language."""

    code = "answer_unsuitable"
    such_as: ClassVar[Mapping[str, object]] = {"unsuitable": ["language"]}


class FactMissing(Invalid):
    """The case does not have a fact that the wording needs; `missing` names each."""

    code = "fact_missing"
    such_as: ClassVar[Mapping[str, object]] = {"missing": ["redress"]}


class CursorInvalid(Malformed):
    """The cursor was edited, or belongs to another caller or another filter."""

    code = "cursor_invalid"


class PhoneInvalid(Invalid):
    """The phone number cannot be dialled."""

    code = "phone_invalid"
    such_as: ClassVar[Mapping[str, object]] = {}


class GrantSpent(NotSignedIn):
    """A grant opens one session, and is worth nothing when it is old, spent or made for something else."""

    code = "grant_invalid"


class SignatureInvalid(NotSignedIn):
    """A call of a webhook that nobody we know has signed, or not just now."""

    code = "signature_invalid"


class WarningNotAcknowledged(Invalid):
    """The fraud warning that was shown has to be acknowledged, in its version."""

    code = "warning_not_acknowledged"
    such_as: ClassVar[Mapping[str, object]] = {"errors": [{"field": "warning_acknowledged", "code": "not_one_of"}]}
