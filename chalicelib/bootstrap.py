"""Which adapter stands behind which port; each service is built when it is first asked for."""

from functools import cache, cached_property
from pathlib import Path

from chalicelib.aws import clients
from chalicelib.aws.keys import keys
from chalicelib.aws.ledger import Ledger
from chalicelib.aws.mail import Ses
from chalicelib.aws.oidc import Issuer
from chalicelib.aws.queues import Queues
from chalicelib.aws.sms import EndUserMessaging
from chalicelib.aws.tables import Tables
from chalicelib.complaints import model as complaints
from chalicelib.complaints.service import Answering, Deciding, Delivering, Extending, Reaching, Receiving
from chalicelib.identity.ports import TokenIssuer
from chalicelib.identity.service import Identity, Institution, Sessions
from chalicelib.identity.store import DynamoDirectory, DynamoPeople
from chalicelib.kernel import clock
from chalicelib.kernel.tokens import Keys
from chalicelib.kernel.wording import Wording
from chalicelib.notifications import model as notifications
from chalicelib.notifications.ports import MailProvider, SmsProvider
from chalicelib.notifications.service import Receipts, Sending
from chalicelib.notifications.store import DynamoTally, DynamoTexts
from chalicelib.operations.service import Redriving, Standing, Sweeping
from chalicelib.operations.store import DynamoDueIndex, DynamoHeartbeat, DynamoRedrives
from chalicelib.records.service import Publishing
from chalicelib.settings import Settings, settings
from chalicelib.sla.packs import Packs
from chalicelib.tickets import model as tickets
from chalicelib.tickets.model import DUE_SHARDS, Kind
from chalicelib.tickets.ports import Acting
from chalicelib.tickets.service import (
    Changing,
    Conversation,
    Desk,
    Handling,
    Intake,
    Joining,
    Routing,
    Speaking,
    Watch,
)
from chalicelib.tickets.store import DynamoTickets
from chalicelib.verification import warnings
from chalicelib.verification.codes.service import Codes
from chalicelib.verification.codes.store import DynamoVerifications

HERE = Path(__file__).parent


class Services:
    """Everything the routes and jobs can ask for, built lazily: a function pays only for what it uses."""

    def __init__(self, of: Settings) -> None:
        self._settings = of

    @property
    def stage(self) -> str:
        return self._settings.stage

    @property
    def test_pages(self) -> bool:
        return self._settings.test_pages

    @property
    def warning(self) -> tuple[tuple[str, int], dict[str, str]]:
        return warnings.IN_FORCE, warnings.TEXTS[warnings.IN_FORCE]

    @cached_property
    def tables(self) -> Tables:
        return Tables(clients.dynamodb, self._settings.prefix)

    @cached_property
    def keys(self) -> Keys:
        return keys(self._settings.secret_id)

    @cached_property
    def packs(self) -> Packs:
        return Packs.load(HERE / "packs")

    def made_again(self, purpose: str, id_: str) -> str:
        """Make the token of a thing, the same each time."""
        return self.status_url(id_) if purpose == "status_url" else self.keys.token(purpose, id_)

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
    def institution(self) -> Institution:
        return Institution(self.people, self.directory)

    @cached_property
    def identity(self) -> Identity:
        return Identity(self.people, self.directory, self.codes, self.issuer, warnings.IN_FORCE)

    @cached_property
    def sms(self) -> SmsProvider:
        return EndUserMessaging(self._settings.sms_sender)

    @cached_property
    def mail(self) -> MailProvider:
        return Ses(self._settings.mail_sender)

    @cached_property
    def issuer(self) -> TokenIssuer:
        return Issuer(self._settings.oidc_issuer, self._settings.oidc_audience, clock.now)

    @cached_property
    def codes(self) -> Codes:
        return Codes(DynamoVerifications(self.tables), self.sms, self._wording, self.keys)

    @cached_property
    def _changing(self) -> Changing:
        return Changing(DynamoTickets(self.tables), self.packs)

    @cached_property
    def desk(self) -> Desk:
        return Desk(self._changing, Ledger(self.tables), self.keys)

    @cached_property
    def routing(self) -> Routing:
        return Routing(self._changing, self.institution)

    @cached_property
    def intake(self) -> Intake:
        return Intake(self._changing, self.routing, self.institution, self.identity, self.packs)

    @cached_property
    def conversation(self) -> Conversation:
        return Conversation(self._changing, self.intake)

    @cached_property
    def handling(self) -> Handling:
        states = {Kind.COMPLAINT: complaints.NEXT, Kind.ENQUIRY: tickets.NEXT, Kind.REQUEST: tickets.NEXT}
        return Handling(self._changing, states)

    @cached_property
    def joining(self) -> Joining:
        return Joining(self._changing, self.intake)

    @cached_property
    def speaking(self) -> Speaking:
        return Speaking(self._changing, self.identity)

    @cached_property
    def watch(self) -> Watch:
        acting: dict[tuple[str, str], Acting] = {("accept", kind): self.routing for kind in Kind}
        acting |= {("silence", kind): self.handling for kind in (Kind.ENQUIRY, Kind.REQUEST)}
        acting["silence", Kind.COMPLAINT] = self.answering
        return Watch(self._changing, acting)

    @cached_property
    def _complaints(self) -> Reaching:
        return Reaching(self._changing)

    @cached_property
    def receiving(self) -> Receiving:
        return Receiving(self._complaints, self.intake, self.packs)

    @cached_property
    def deciding(self) -> Deciding:
        return Deciding(self._complaints, self.packs)

    @cached_property
    def delivering(self) -> Delivering:
        return Delivering(self._complaints, self.packs)

    @cached_property
    def answering(self) -> Answering:
        return Answering(self._complaints, self.routing, self.institution, self.packs)

    @cached_property
    def extending(self) -> Extending:
        return Extending(self._complaints, self.handling, self.packs)

    @cached_property
    def _wording(self) -> Wording:
        return Wording(HERE / "notifications" / "texts")

    @cached_property
    def _texts(self) -> DynamoTexts:
        return DynamoTexts(self.tables)

    @cached_property
    def sending(self) -> Sending:
        return Sending(
            texts=self._texts,
            tally=DynamoTally(self.tables),
            contacts=self.institution,
            sms=self.sms,
            mail=self.mail,
            wording=self._wording,
            links=self,
            owed=self.watch,
        )

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self._texts, DynamoTally(self.tables), lambda: self.keys.key("receipts"))

    @cached_property
    def queues(self) -> Queues:
        return Queues(clients.sqs, self._settings.prefix)

    @cached_property
    def publishing(self) -> Publishing:
        from chalicelib.subscriptions import BY_NAME

        return Publishing(self.queues, BY_NAME)

    @cached_property
    def _due(self) -> DynamoDueIndex:
        return DynamoDueIndex(self.tables, {"tickets": DUE_SHARDS, "notifications": notifications.DUE_SHARDS})

    @cached_property
    def sweeping(self) -> Sweeping:
        from chalicelib.subscriptions import DUE

        return Sweeping(self._due, DynamoHeartbeat(self.tables), self.queues, DUE)

    @cached_property
    def standing(self) -> Standing:
        from chalicelib.subscriptions import DUE

        return Standing(self._due, DynamoHeartbeat(self.tables), self.queues, DynamoTally(self.tables), DUE)

    @cached_property
    def redriving(self) -> Redriving:
        from chalicelib.subscriptions import DUE

        return Redriving(DynamoRedrives(self.tables), self.queues, DUE)


@cache
def services() -> Services:
    """Give the services of this deployment."""
    return Services(settings())
