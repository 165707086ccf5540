"""What the institution offers, as its file says."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import chained, end

from .. import events
from ..model import OFFER_CHAIN, Offer
from ..ports import Faces


@dataclass(frozen=True)
class Offering:
    """Telling the same again writes nothing."""

    store: Faces

    def set(self, offer: Offer, call: Call) -> bool:
        """Offer what is in it and nothing else; tell whether there was anything to write. Raises Changed."""
        before = self.store.offer()
        if replace(offer, link=before.link) == before:
            return False
        terms = offer.terms
        told = events.FacesOffered(
            offer.open,
            terms.version if terms else 0,
            terms.assessment if terms else "",
            terms.assessed_on.isoformat() if terms else "",
            terms.keep_days if terms else 0,
            {language: terms.sha256(language) for language in terms.text} if terms else {},
        )
        records = chained(OFFER_CHAIN, before.link, [told], call)
        self.store.set_offer(replace(offer, link=end(records, before.link)), before, records)
        return True
