"""S7: a storm of receipts of three providers, shuffled, doubled, one in ten forged, ends in exactly the right statuses."""

import hmac
import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from chalicelib.kernel.clock import text as written
from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.kernel.events import Record
from chalicelib.kernel.signatures import Signers
from chalicelib.notifications import policy
from chalicelib.notifications.model import Receipt, Said, Status, Text
from chalicelib.notifications.service import Ours, Receipts, Sns, Twilio
from tests.builders import id_of, make_text
from tests.fakes import MemoryTally, MemoryTexts
from tests.office import KEYS, Office
from tests.unit.notifications.test_schemes import OneTopic, address, sns
from tests.world import START

STORM = 5_000
ENDS = (Status.DELIVERED, Status.FAILED, Status.SENT)
# What each provider says of a text that was sent and then arrived or did not.
WORDS = {
    "dutydesk": {Status.SENT: "sent", Status.DELIVERED: "delivered", Status.FAILED: "undelivered"},
    "twilio": {Status.SENT: "sent", Status.DELIVERED: "delivered", Status.FAILED: "failed"},
    "sns": {Status.SENT: "TEXT_SUCCESSFUL", Status.DELIVERED: "TEXT_DELIVERED", Status.FAILED: "TEXT_UNREACHABLE"},
}


class Waiting(MemoryTexts):
    """Texts and receipts, and which of those wait to be worked off."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[str] = []

    def add(self, thing: Text | Receipt, records: Sequence[Record]) -> None:
        super().add(thing, records)
        if isinstance(thing, Receipt):
            self.waiting.append(thing.id)


class NobodyElse:
    """There are no codes."""

    def heard(self, *_: object) -> str:
        return ""


def said(provider: str, text: str, status: Status, after: int) -> Said:
    word = WORDS[provider][status]
    at = START + timedelta(seconds=after)
    if provider == "sns":
        event = {"eventType": word, "context": {"id": text}, "eventTimestamp": int(at.timestamp() * 1000)}
        return sns(event)
    if provider == "twilio":
        pairs = {"MessageSid": f"SM{text[-6:]}", "MessageStatus": word}
        return Said(urlencode(pairs), policy.twilio_signature("token", address(text), [*pairs.items()]), text)
    body = json.dumps({"id": f"p-{text[-6:]}", "message": text, "status": word, "at": written(at)})
    stamp = str(int(START.timestamp()))
    mac = hmac.digest(KEYS.key("receipts"), f"{stamp}.{body}".encode(), "sha256").hex()
    return Said(body, f"t={stamp},v1={mac}")


def forged(chance: random.Random, provider: str, text: str) -> Said:
    """Say that it arrived, or did not, without the key; or change one letter of what was signed."""
    true = said(provider, text, chance.choice(ENDS[:2]), 9)
    if provider == "sns":
        message = json.loads(true.body)
        name = chance.choice(["Message", "Signature", "Timestamp", "TopicArn", "SigningCertURL"])
        return Said(json.dumps(message | {name: message[name][:-1] + "~"}))
    place = chance.randrange(len(true.signature))
    letter = "A" if true.signature[place] != "A" else "B"
    return Said(true.body, true.signature[:place] + letter + true.signature[place + 1 :], true.text)


def test_a_storm_of_receipts_ends_in_exactly_the_right_statuses(office: Office) -> None:
    chance = random.Random(7)
    store = Waiting()
    schemes = {
        "dutydesk": Ours(Signers(KEYS, "receipts")),
        "twilio": Twilio(lambda: "token", address),
        "sns": Sns(OneTopic()),
    }
    receipts = Receipts(store, MemoryTally(), schemes, NobodyElse())
    fates: dict[str, Status] = {}
    storm: list[tuple[str, Said, bool]] = []
    while len(storm) < STORM:
        text = make_text(id=id_of(len(fates) + 1, "msg"), status=Status.SENDING)
        store.add(text, [])
        provider, fate = chance.choice([*WORDS]), chance.choice(ENDS)
        fates[text.id] = fate
        true = [said(provider, text.id, status, n) for n, status in enumerate({Status.SENT, fate}, 1)]
        storm += [(provider, one, True) for one in true for _ in range(2)]
        storm += [(provider, forged(chance, provider, text.id), False)] * (chance.random() < 0.37)
    chance.shuffle(storm)

    answers = Counter[str]()
    for provider, one, true in storm:
        try:
            taken = receipts.take(provider, one, office.call("anonymous"))
        except SignatureInvalid:
            taken = "refused"
        assert (taken != "refused") == true, one
        answers[taken] += 1
        if chance.random() < 0.3:
            work_off(receipts, store, chance, office)
    while store.waiting:
        work_off(receipts, store, chance, office)

    ended = {id_: kept.status for id_, kept in store.kept.items() if isinstance(kept, Text)}
    assert ended == fates
    assert answers["taken"] == answers["known"] > STORM * 0.4
    assert 0.08 < answers["refused"] / len(storm) < 0.12


def work_off(receipts: Receipts, store: Waiting, chance: random.Random, office: Office) -> None:
    """Work a few of the receipts off that wait, in any order and each of them twice."""
    for id_ in chance.sample(store.waiting, min(len(store.waiting), 4)):
        store.waiting.remove(id_)
        for _ in range(2):
            receipts.apply(id_, office.call("system:receipts"))
