"""What everything stands on: tables, keys, packs, people, codes."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from chalicelib.aws import clients
from chalicelib.aws.keys import keys
from chalicelib.aws.mail import Ses
from chalicelib.aws.oidc import Issuer
from chalicelib.aws.sms import EndUserMessaging, EndUserVoice, SnsTexts
from chalicelib.aws.tables import Tables
from chalicelib.aws.twilio import Account, TwilioTexts, TwilioVoice
from chalicelib.identity.ports import TokenIssuer
from chalicelib.identity.service import Ending, Identity, Institution, Sessions
from chalicelib.identity.store import DynamoDirectory, DynamoPeople
from chalicelib.kernel import clock
from chalicelib.kernel.tokens import Keys
from chalicelib.kernel.wording import Wording
from chalicelib.notifications.ports import MailProvider, SmsProvider
from chalicelib.settings import Settings
from chalicelib.sla.escalation import Escalations
from chalicelib.sla.packs import Packs
from chalicelib.sla.recognition import Recognitions
from chalicelib.sla.schemes import Schemes
from chalicelib.verification import warnings
from chalicelib.verification.codes import model as codes
from chalicelib.verification.codes.service import Closings, Codes, Following, Gate, Hearing, Reaching
from chalicelib.verification.codes.store import DynamoGates, DynamoVerifications

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
        return warnings.CONTEXTS[context], warnings.TEXTS[warnings.CONTEXTS[context]]

    @property
    def organizer(self) -> str:
        """Whom a calendar names as the one who invites."""
        return f"mailto:{self._settings.mail_sender}"

    @cached_property
    def tables(self) -> Tables:
        return Tables(clients.dynamodb, self._settings.prefix)

    @cached_property
    def keys(self) -> Keys:
        return keys(self._settings.secret_id)

    @cached_property
    def packs(self) -> Packs:
        return Packs.open(HERE / "packs")

    @cached_property
    def escalations(self) -> Escalations:
        return Escalations(HERE / "packs")

    @cached_property
    def recognitions(self) -> Recognitions:
        return Recognitions(HERE / "packs" / "recognition")

    @cached_property
    def schemes(self) -> Schemes:
        return Schemes(HERE / "packs" / "codes")

    def made_again(self, purpose: str, id_: str) -> Any:
        """Make the token of a thing, the same each time."""
        links = {"status_url": self.status_url, "manage_url": self.manage_url, "calendar_url": self.calendar_url}
        if purpose in links:
            return links[purpose](id_)
        return self.keys.handle(purpose, id_) if purpose == codes.HANDLE else self.keys.token(purpose, id_)

    def link(self, about: str, facts: Mapping[str, str]) -> str:
        """Make the link that a text about a ticket or an appointment carries."""
        return self.manage_url(f"{about}.{facts['generation']}") if "generation" in facts else self.status_url(about)

    def manage_url(self, link_id: str) -> str:
        """Make the link at which a customer sees, moves and cancels an appointment without signing in."""
        return f"{self._settings.public_url}/v1/visits/{self.keys.token('visit', link_id)}"

    def calendar_url(self, appointment: str) -> str:
        """Make the address at which a calendar finds an appointment, without signing in, whatever becomes of it."""
        return f"{self._settings.public_url}/v1/calendars/{self.keys.token('calendar', appointment)}/visit.ics"

    def status_url(self, ticket: str) -> str:
        """Make the link at which a customer sees the status of a ticket without signing in."""
        return f"{self._settings.public_url}/v1/status/{self.keys.token('status', ticket)}"

    @cached_property
    def people(self) -> DynamoPeople:
        return DynamoPeople(self.tables, self.keys)

    @cached_property
    def directory(self) -> DynamoDirectory:
        return DynamoDirectory(self.tables)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self.people)

    @cached_property
    def ending(self) -> Ending:
        return Ending(self.people)

    @cached_property
    def institution(self) -> Institution:
        return Institution(self.people, self.directory)

    @cached_property
    def sms(self) -> SmsProvider:
        return EndUserMessaging(self._settings.sms_sender, self._settings.sms_configuration)

    @cached_property
    def twilio(self) -> Account:
        return Account(self._settings.twilio_secret_id)

    def twilio_url(self, text: str) -> str:
        """Make the address at which Twilio tells what became of a text; it signs it with what it says."""
        return f"{self._settings.public_url}/v1/webhooks/twilio/{text}"

    @cached_property
    def ways(self) -> Mapping[str, SmsProvider]:
        """Every provider by every channel, by the names that the institution's file has for them."""
        return {
            "aws": self.sms,
            "sns": SnsTexts(self._settings.sms_sender),
            "twilio": TwilioTexts(self.twilio, self.twilio_url),
            "aws-voice": EndUserVoice(self._settings.voice_sender, self._settings.sms_configuration),
            "twilio-voice": TwilioVoice(self.twilio, self.twilio_url),
        }

    @cached_property
    def mail(self) -> MailProvider:
        return Ses(self._settings.mail_sender)

    @cached_property
    def issuer(self) -> TokenIssuer:
        return Issuer(self._settings.oidc_issuer, self._settings.oidc_audience, clock.now)

    @cached_property
    def _wording(self) -> Wording:
        return Wording(HERE / "notifications" / "texts")

    @cached_property
    def _gates(self) -> DynamoGates:
        return DynamoGates(self.tables)

    @cached_property
    def _verifications(self) -> DynamoVerifications:
        return DynamoVerifications(self.tables)

    @cached_property
    def hearing(self) -> Hearing:
        return Hearing(self._verifications)

    @cached_property
    def following(self) -> Following:
        return Following(self.codes)

    @cached_property
    def codes(self) -> Codes:
        return Codes(
            store=self._verifications,
            keys=self.keys,
            gate=Gate(self._gates, self.keys),
            ways=self.ways,
            wording=self._wording,
            test_numbers=self._settings.test_numbers,
        )

    @cached_property
    def closings(self) -> Closings:
        return Closings(self._gates)

    @cached_property
    def reaching(self) -> Reaching:
        return Reaching(self._gates)

    @cached_property
    def identity(self) -> Identity:
        return Identity(self.people, self.directory, self.codes, self.issuer, warnings.AT_SIGN_IN)
