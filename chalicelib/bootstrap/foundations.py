"""What everything stands on: tables, keys, packs, people, codes."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.kernel import clock
from chalicelib.kernel.signatures import Signers
from chalicelib.kernel.tokens import Keys
from chalicelib.kernel.wording import Wording
from chalicelib.settings import Settings

if TYPE_CHECKING:
    from chalicelib.aws.tables import Tables
    from chalicelib.aws.twilio import Account
    from chalicelib.identity.ports import TokenIssuer
    from chalicelib.identity.service import Ending, Institution, Sessions
    from chalicelib.identity.store import DynamoDirectory, DynamoPeople
    from chalicelib.notifications.ports import MailProvider, SmsProvider
    from chalicelib.sla.escalation import Escalations
    from chalicelib.sla.packs import Packs
    from chalicelib.sla.recognition import Recognitions
    from chalicelib.sla.schemes import Schemes


HERE = Path(__file__).parents[1]


class Foundations:
    """Settings, adapters, and who is asking."""

    def __init__(self, of: Settings) -> None:
        self._settings = of

    @property
    def stage(self) -> str:
        return self._settings.stage

    @property
    def test_pages(self) -> bool:
        return self._settings.test_pages

    def warning(self, context: str) -> tuple[tuple[str, int], dict[str, str]]:
        """Give the fraud warning in force for what somebody is about to do."""
        from chalicelib.verification import warnings

        return warnings.CONTEXTS[context], warnings.TEXTS[warnings.CONTEXTS[context]]

    @property
    def organizer(self) -> str:
        """Whom a calendar names as the one who invites."""
        return f"mailto:{self._settings.mail_sender}"

    @cached_property
    def tables(self) -> "Tables":
        from chalicelib.aws import clients
        from chalicelib.aws.tables import Tables

        return Tables(clients.dynamodb, self._settings.prefix)

    @cached_property
    def keys(self) -> Keys:
        from chalicelib.aws.keys import keys

        return keys(self._settings.secret_id)

    def signers(self, webhook: str) -> Signers:
        """Give the keys by which a webhook of ours knows who calls."""
        return Signers(self.keys, webhook, self._settings.webhook_keys)

    @cached_property
    def packs(self) -> "Packs":
        from chalicelib.sla.packs import Packs

        return Packs.open(HERE / "packs")

    @cached_property
    def escalations(self) -> "Escalations":
        from chalicelib.sla.escalation import Escalations

        return Escalations(HERE / "packs")

    @cached_property
    def recognitions(self) -> "Recognitions":
        from chalicelib.sla.recognition import Recognitions

        return Recognitions(HERE / "packs" / "recognition")

    @cached_property
    def schemes(self) -> "Schemes":
        from chalicelib.sla.schemes import Schemes

        return Schemes(HERE / "packs" / "codes")

    def made_again(self, purpose: str, id_: str) -> Any:
        """Make the token of a thing, the same each time."""
        from chalicelib.verification.codes import model as codes

        links = {"status_url": self.status_url, "manage_url": self.manage_url, "calendar_url": self.calendar_url}
        links |= {"waiting_url": self.waiting_url}
        if purpose in links:
            return links[purpose](id_)
        return self.keys.handle(purpose, id_) if purpose == codes.HANDLE else self.keys.token(purpose, id_)

    def link(self, about: str, facts: Mapping[str, str]) -> str:
        """Make the link that a text about a ticket, an appointment or an entry of the waitlist carries."""
        if about.startswith("wtl_"):
            return self.waiting_url(about)
        return self.manage_url(f"{about}.{facts['generation']}") if "generation" in facts else self.status_url(about)

    def manage_url(self, link_id: str) -> str:
        """Make the link at which a customer sees, moves and cancels an appointment without signing in."""
        return f"{self._settings.public_url}/v1/visits/{self.keys.token('visit', link_id)}"

    def waiting_url(self, waiting: str) -> str:
        """Make the link at which a customer sees and answers what is offered, and leaves the waitlist, without signing in."""
        return f"{self._settings.public_url}/v1/waits/{self.keys.token('waiting', waiting)}"

    def calendar_url(self, appointment: str) -> str:
        """Make the address at which a calendar finds an appointment, without signing in, whatever becomes of it."""
        return f"{self._settings.public_url}/v1/calendars/{self.keys.token('calendar', appointment)}/visit.ics"

    def status_url(self, ticket: str) -> str:
        """Make the link at which a customer sees the status of a ticket without signing in."""
        return f"{self._settings.public_url}/v1/status/{self.keys.token('status', ticket)}"

    @cached_property
    def people(self) -> "DynamoPeople":
        from chalicelib.identity.store import DynamoPeople

        return DynamoPeople(self.tables, self.keys)

    @cached_property
    def directory(self) -> "DynamoDirectory":
        from chalicelib.identity.store import DynamoDirectory

        return DynamoDirectory(self.tables)

    @cached_property
    def sessions(self) -> "Sessions":
        from chalicelib.identity.service import Sessions

        return Sessions(self.people)

    @cached_property
    def ending(self) -> "Ending":
        from chalicelib.identity.service import Ending

        return Ending(self.people)

    @cached_property
    def institution(self) -> "Institution":
        from chalicelib.identity.service import Institution

        return Institution(self.people, self.directory)

    @cached_property
    def sms(self) -> "SmsProvider":
        from chalicelib.aws.sms import EndUserMessaging

        return EndUserMessaging(self._settings.sms_sender, self._settings.sms_configuration)

    @cached_property
    def twilio(self) -> "Account":
        from chalicelib.aws.twilio import Account

        return Account(self._settings.twilio_secret_id)

    def twilio_url(self, text: str) -> str:
        """Make the address at which Twilio tells what became of a text; it signs it with what it says."""
        return f"{self._settings.public_url}/v1/webhooks/twilio/{text}"

    @cached_property
    def ways(self) -> "Mapping[str, SmsProvider]":
        """Every provider by every channel, by the names that the institution's file has for them."""
        from chalicelib.aws.sms import EndUserVoice, SnsTexts
        from chalicelib.aws.twilio import TwilioTexts, TwilioVoice

        return {
            "aws": self.sms,
            "sns": SnsTexts(self._settings.sms_sender),
            "twilio": TwilioTexts(self.twilio, self.twilio_url),
            "aws-voice": EndUserVoice(self._settings.voice_sender, self._settings.sms_configuration),
            "twilio-voice": TwilioVoice(self.twilio, self.twilio_url),
        }

    @cached_property
    def mail(self) -> "MailProvider":
        from chalicelib.aws.mail import Ses

        return Ses(self._settings.mail_sender)

    @cached_property
    def issuer(self) -> "TokenIssuer":
        from chalicelib.aws.oidc import Issuer

        return Issuer(self._settings.oidc_issuer, self._settings.oidc_audience, clock.now)

    @cached_property
    def _wording(self) -> Wording:
        return Wording(HERE / "notifications" / "texts")
