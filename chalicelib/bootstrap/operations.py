"""Word that goes out, and what keeps everything going."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.notifications.ports import Mailboxes, Owed

from .emergencies import Emergencies

if TYPE_CHECKING:
    from chalicelib.aws.queues import Queues
    from chalicelib.identity.service import Proving
    from chalicelib.notifications.ports import Scheme
    from chalicelib.notifications.service import Carrying, Receipts, Sending
    from chalicelib.notifications.store import DynamoTexts
    from chalicelib.operations.service import Redriving, Standing, Sweeping
    from chalicelib.operations.store import DynamoDueIndex
    from chalicelib.records.service import Publishing


@dataclass(frozen=True)
class _Owed:
    """Asks whoever owes word of a thing, by the prefix of its id."""

    by_prefix: Mapping[str, Callable[[], Owed]]

    def owes(self, id_: str, key: str) -> bool:
        owner = self.by_prefix.get(id_.partition("_")[0])
        return owner is not None and owner().owes(id_, key)


@dataclass(frozen=True)
class _Mailboxes:
    """Asks for a further address whoever may have taken one for a thing, by the prefix of its id."""

    by_prefix: Mapping[str, Callable[[], Mailboxes]]

    def mailbox(self, id_: str) -> str:
        owner = self.by_prefix.get(id_.partition("_")[0])
        return "" if owner is None else owner().mailbox(id_)


class Operations(Emergencies):
    """Notifications, the ledger's way to the queues, the sweep."""

    @cached_property
    def _texts(self) -> "DynamoTexts":
        from chalicelib.notifications.store import DynamoTexts

        return DynamoTexts(self.tables)

    @cached_property
    def sending(self) -> "Sending":
        from chalicelib.notifications.service import Holding, Sending
        from chalicelib.notifications.store import DynamoTally

        return Sending(
            texts=self._texts,
            tally=DynamoTally(self.tables),
            contacts=self.institution,
            sms=self.carrying,
            mail=self.mail,
            wording=self._wording,
            links=self,
            owed=self._owed,
            mailboxes=_Mailboxes({"apt": lambda: self.words, "wtl": lambda: self.waitlist_words}),
            holding=Holding(self._texts, self.texting),
        )

    @cached_property
    def _owed(self) -> _Owed:
        """Who owes word about a thing, by the prefix of its id; built when somebody asks about such a thing, and not before."""
        return _Owed(
            {
                "tkt": lambda: self.watch,
                "ans": lambda: self.reviewing,
                "apt": lambda: self.words,
                "wtl": lambda: self.waitlist_words,
                "cbk": lambda: self.working,
                "cmp": lambda: self.campaign_work,
                "kio": lambda: self.kiosk_beating,
                "cls": lambda: self.closings,
                "face": lambda: self.face_reviews,
                "emg": lambda: self.emergencies,
            }
        )

    @cached_property
    def carrying(self) -> "Carrying":
        from chalicelib.notifications.service import Carrying
        from chalicelib.verification.codes.service import Ordering
        from chalicelib.verification.codes.store import FreshReach

        return Carrying(self.ways, Ordering(FreshReach(self._gates)))

    @cached_property
    def proving(self) -> "Proving":
        """The old number is told by whoever tells customers things."""
        from chalicelib.identity.service import Proving

        warning = self.warning("new_phone")[0]
        return Proving(self.people, self.grants, self.carrying, self._wording, warning, self.number_signals)

    @cached_property
    def _signatures(self) -> "Mapping[str, Scheme]":
        """How each provider signs what it tells us; no secret is read before one is needed."""
        from chalicelib.aws.topics import Events
        from chalicelib.notifications.service import Ours, Sns, Twilio

        return {
            "dutydesk": Ours(self.signers("receipts")),
            "twilio": Twilio(lambda: self.twilio.token, self.twilio_url),
            "sns": Sns(Events(self._settings.sms_topic)),
        }

    @cached_property
    def receipts(self) -> "Receipts":
        from chalicelib.notifications.service import Receipts
        from chalicelib.notifications.store import DynamoTally

        return Receipts(self._texts, DynamoTally(self.tables), self._signatures, self.hearing)

    @cached_property
    def queues(self) -> "Queues":
        from chalicelib.aws import clients
        from chalicelib.aws.queues import Queues

        return Queues(clients.sqs, self._settings.prefix)

    @cached_property
    def publishing(self) -> "Publishing":
        from chalicelib.records.service import Publishing
        from chalicelib.subscriptions import BY_NAME, CARRIED, WATCHING

        return Publishing(self.queues, BY_NAME, WATCHING, CARRIED)

    @cached_property
    def _due(self) -> "DynamoDueIndex":
        from chalicelib.answers import model as answers
        from chalicelib.appointments import model as appointments
        from chalicelib.attachments import model as attachments
        from chalicelib.callbacks import model as callbacks
        from chalicelib.identity import model as identity
        from chalicelib.kiosks import model as kiosks
        from chalicelib.notifications import model as notifications
        from chalicelib.operations.store import DynamoDueIndex
        from chalicelib.tickets.model import DUE_SHARDS
        from chalicelib.verification.codes import model as codes

        shards = {
            "tickets": DUE_SHARDS,
            "notifications": notifications.DUE_SHARDS,
            "identity": identity.DUE_SHARDS,
            "answers": answers.DUE_SHARDS,
            "appointments": appointments.DUE_SHARDS,
            "attachments": attachments.DUE_SHARDS,
            "callbacks": callbacks.DUE_SHARDS,
            "kiosks": kiosks.DUE_SHARDS,
            "verification": codes.DUE_SHARDS,
        }
        return DynamoDueIndex(self.tables, shards)

    @cached_property
    def sweeping(self) -> "Sweeping":
        from chalicelib.operations.service import Sweeping
        from chalicelib.operations.store import DynamoHeartbeat
        from chalicelib.subscriptions import DUE

        return Sweeping(self._due, DynamoHeartbeat(self.tables), self.queues, DUE)

    @cached_property
    def standing(self) -> "Standing":
        from chalicelib.notifications.store import DynamoTally
        from chalicelib.operations.service import Standing
        from chalicelib.operations.store import DynamoHeartbeat
        from chalicelib.subscriptions import DUE

        return Standing(self._due, DynamoHeartbeat(self.tables), self.queues, DynamoTally(self.tables), DUE)

    @cached_property
    def redriving(self) -> "Redriving":
        from chalicelib.operations.service import Redriving
        from chalicelib.operations.store import DynamoRedrives
        from chalicelib.subscriptions import DUE

        return Redriving(DynamoRedrives(self.tables), self.queues, DUE)
