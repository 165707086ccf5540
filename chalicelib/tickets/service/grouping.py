"""Complaints with one cause: one of them leads, each keeps its own answer (features of a group complaint, 群体投诉)."""

from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.kernel.paging import Page, Position

from .. import events
from ..model import Kind, Row, Ticket
from .changing import Changing, Part


@dataclass(frozen=True)
class Grouping:
    """What is found out and put right is said once, on the complaint that leads; customers are answered one by one."""

    changing: Changing

    def join(self, id_: str, lead: str, call: Call) -> Ticket:
        """Put a complaint into the group another one leads, which begins with it if there is none; give the complaint.

        Raises NotAllowedNow for what is no complaint, is in another group, or leads one itself.
        """

        def change(tickets: list[Ticket]) -> list[Part]:
            one, leader = tickets
            self._joinable(one, leader)
            if one.group == leader.id:
                return [Part(one, one, []), Part(leader, leader, [])]
            begun = [] if leader.group else [events.TicketGrouped(leader.id, leader.id)]
            joined = [events.TicketGrouped(one.id, leader.id)]
            parts = [Part(one, replace(one, group=leader.id), joined)]
            return parts + ([Part(leader, replace(leader, group=leader.id), begun)] if begun else [])

        if id_ == lead:
            raise Invalid.field("lead", "not_one_of")
        read = [id_, lead]
        return self.changing.together(
            lambda: [self.changing.reach(each, Act.DESK_WRITE, call) for each in read], call, change
        )[0]

    def leave(self, id_: str, call: Call) -> Ticket:
        """Take a complaint out of its group; raises NotAllowedNow for one that is in none, or leads it."""

        def change(ticket: Ticket) -> tuple[Ticket, list[events.TicketUngrouped]]:
            if ticket.group in ("", ticket.id):
                raise NotAllowedNow(state=ticket.status, allowed=[])
            return replace(ticket, group=""), [events.TicketUngrouped(ticket.id, ticket.group)]

        return self.changing.change(id_, Act.DESK_WRITE, call, change)

    def members(self, id_: str, limit: int, start: Position | None, call: Call) -> tuple[str, Page[Row]]:
        """List the complaints of the group that one belongs to, the leading one among them, in the order they came.

        What is out of the caller's reach, or about the caller, is left out; a page may have fewer than asked for.
        """
        group = self.changing.reach(id_, Act.DESK_READ, call).group
        if not group:
            return "", Page((), None)
        page = self.changing.store.of_group(group, limit, start)
        me = call.actor
        seen = [row for row in page.items if access.reaches(me, Act.DESK_READ, unit=row.unit)]
        return group, replace(page, items=tuple(row for row in seen if row.about_staff != me.id))

    def _joinable(self, one: Ticket, leader: Ticket) -> None:
        for ticket in (one, leader):
            if ticket.kind is not Kind.COMPLAINT:
                raise NotAllowedNow(state=ticket.kind, allowed=[Kind.COMPLAINT])
        if leader.group not in ("", leader.id):
            raise NotAllowedNow(state="in_group", allowed=[leader.group])
        if one.group not in ("", leader.id):
            raise NotAllowedNow(state="in_group", allowed=[one.group])
