"""The one way a shelf is read, and the one way it is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, chained, end

from ..model import Attachment, Shelf
from ..ports import Shelves

TRIES = 4
# A file as it is from now on, and what happened.
Change = tuple[Attachment, Sequence[Event]]


@dataclass(frozen=True)
class Keeping:
    """Reads, changes, and writes if nobody wrote in between; else again."""

    shelves: Shelves

    def file(self, ticket: str, id_: str) -> Attachment:
        """Give one file; raises NotFound."""
        found = self.shelves.get(ticket).find(id_)
        if found is None:
            raise NotFound
        return found

    def of(self, ticket: str) -> tuple[Attachment, ...]:
        """Give every file of a ticket or visit, whatever became of it."""
        return self.shelves.get(ticket).files

    def change(self, ticket: str, id_: str, call: Call, change: Callable[[Attachment], Change]) -> Attachment:
        """Change one file of a ticket; raises NotFound if there is none."""

        def changed(shelf: Shelf) -> Change:
            found = shelf.find(id_)
            if found is None:
                raise NotFound
            return change(found)

        return self.apply(ticket, call, changed)

    def apply(self, ticket: str, call: Call, change: Callable[[Shelf], Change]) -> Attachment:
        """Change what stands on a shelf and record what happened; no events, no write but the answer's."""
        for attempt in range(TRIES):
            shelf = self.shelves.get(ticket)
            file, happened = change(shelf)
            if not happened:
                self.shelves.remember(call.stamp(file))
                return file
            records = chained(shelf.subject, shelf.link, happened, call)
            on = replace(shelf, link=end(records, shelf.link))
            changed = [] if file == shelf.find(file.id) else [file]
            written = replace(file, version=file.version + len(changed))
            try:
                self.shelves.save(on, changed, records, call.stamp(written))
            except Changed:
                if attempt + 1 == TRIES:
                    raise
            else:
                return written
        raise Changed
