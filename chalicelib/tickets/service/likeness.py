"""Is it there already: a customer's open tickets that look like what is about to be logged."""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call

from ..model import Alike, Row, Why
from ..ports import Customers, Tickets

PAGE = 100
MOST_PAGES = 5


@dataclass(frozen=True)
class Likeness:
    """Reads only the customer's own tickets, newest first; the newest five hundred are looked at."""

    store: Tickets
    customers: Customers

    def alike(self, customer: str, phone: str, product: str, topic: str, sha256: str, call: Call) -> list[Alike]:
        """List open tickets alike in text, product or topic, the most alike first, then the newest.

        Where nothing to compare is given, all that are open. What the caller may not see is left out. Raises PhoneInvalid.
        """
        access.require(call.actor, Act.DESK_READ)
        whose = customer or (self.customers.found_by_phone(phone) if phone else "")
        wanted = {Why.TEXT: sha256[:16], Why.PRODUCT: product, Why.TOPIC: topic}
        wanted = {why: value for why, value in wanted.items() if value}
        found = [Alike(row, _why(row, wanted)) for row in self._open(whose, call)] if whose else []
        if wanted:
            found = [one for one in found if one.why]
        return sorted(found, key=lambda one: sum(_WEIGHT[why] for why in one.why), reverse=True)

    def _open(self, customer: str, call: Call) -> Iterator[Row]:
        start = None
        for _ in range(MOST_PAGES):
            page = self.store.of_customer(customer, PAGE, start)
            for row in page.items:
                seen = access.reaches(call.actor, Act.DESK_READ, unit=row.unit) and row.about_staff != call.actor.id
                if row.open and seen:
                    yield row
            start = page.next
            if start is None:
                return


# One and the same text outweighs the rest; a product says more than a topic.
_WEIGHT = {Why.TEXT: 4, Why.PRODUCT: 2, Why.TOPIC: 1}


def _why(row: Row, wanted: dict[Why, str]) -> tuple[Why, ...]:
    has = {Why.TEXT: row.text, Why.PRODUCT: row.product, Why.TOPIC: row.topic}
    return tuple(why for why, value in wanted.items() if has[why] == value)
