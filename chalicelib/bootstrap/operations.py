"""Word that goes out, and what keeps everything going."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from chalicelib.answers import model as answers
from chalicelib.appointments import model as appointments
from chalicelib.attachments import model as attachments
from chalicelib.aws import clients
from chalicelib.aws.queues import Queues
from chalicelib.identity import model as identity
from chalicelib.kiosks import model as kiosks
from chalicelib.notifications import model as notifications
from chalicelib.notifications.ports import Mailboxes, Owed
from chalicelib.notifications.service import Receipts, Sending
from chalicelib.notifications.store import DynamoTally, DynamoTexts
from chalicelib.operations.service import Redriving, Standing, Sweeping
from chalicelib.operations.store import DynamoDueIndex, DynamoHeartbeat, DynamoRedrives
from chalicelib.records.service import Publishing
from chalicelib.tickets.model import DUE_SHARDS
from chalicelib.verification.faces import model as faces

from .emergencies import Emergencies


@dataclass(frozen=True)
class _Owed:
    """Asks whoever owes word of a thing, by the prefix of its id."""

    by_prefix: Mapping[str, Owed]

    def owes(self, id_: str, key: str) -> bool:
        owner = self.by_prefix.get(id_.partition("_")[0])
        return owner is not None and owner.owes(id_, key)


@dataclass(frozen=True)
class _Mailboxes:
    """Asks for a further address whoever may have taken one for a thing, by the prefix of its id."""

    by_prefix: Mapping[str, Mailboxes]

    def mailbox(self, id_: str) -> str:
        owner = self.by_prefix.get(id_.partition("_")[0])
        return "" if owner is None else owner.mailbox(id_)


class Operations(Emergencies):
    """Notifications, the ledger's way to the queues, the sweep."""

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
            owed=_Owed(
                {
                    "tkt": self.watch,
                    "ans": self.reviewing,
                    "apt": self.words,
                    "kio": self.kiosk_beating,
                    "cls": self.closings,
                    "face": self.face_reviews,
                    "emg": self.emergencies,
                }
            ),
            mailboxes=_Mailboxes({"apt": self.words}),
        )

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self._texts, DynamoTally(self.tables), lambda: self.keys.key("receipts"))

    @cached_property
    def queues(self) -> Queues:
        return Queues(clients.sqs, self._settings.prefix)

    @cached_property
    def publishing(self) -> Publishing:
        from chalicelib.subscriptions import BY_NAME, WATCHING

        return Publishing(self.queues, BY_NAME, WATCHING)

    @cached_property
    def _due(self) -> DynamoDueIndex:
        shards = {
            "tickets": DUE_SHARDS,
            "notifications": notifications.DUE_SHARDS,
            "identity": identity.DUE_SHARDS,
            "answers": answers.DUE_SHARDS,
            "appointments": appointments.DUE_SHARDS,
            "attachments": attachments.DUE_SHARDS,
            "kiosks": kiosks.DUE_SHARDS,
            "verification": faces.DUE_SHARDS,
        }
        return DynamoDueIndex(self.tables, shards)

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
