"""The one way a ticket is read and written: rights first, one version, one chain, one answer."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Once, Replayed, Reply
from chalicelib.kernel.errors import Changed, Forbidden, NotFound, Outdated
from chalicelib.records.model import first_fault
from chalicelib.tickets import events
from chalicelib.tickets.model import MOVES, Capacity, ConflictOfInterest, Notice, Representative, Ticket, replayed
from chalicelib.tickets.service.changing import DROPPED, TRIES
from tests.builders import DECISION, id_of, make_ticket
from tests.office import Office
from tests.world import START


def taken(ticket: Ticket) -> Any:
    return replace(ticket, topic=f"{ticket.topic}+"), [events.TicketAccepted(ticket.id, ticket.owner)]


def change(office: Office, how: Any = taken, who: str = "agent-east", **but: Any) -> Ticket:
    return office.services._changing.change(id_of(1), Act.DESK_WRITE, office.call(who, **but), how)


@pytest.mark.parametrize(
    ("who", "act", "refusal"),
    [
        ("agent-east", Act.TICKET_READ, None),
        ("lead-east", Act.DESK_WRITE, None),
        ("head-hq", Act.DESK_WRITE, None),
        ("cus_li", Act.TICKET_READ, None),
        ("cus_wang", Act.TICKET_READ, NotFound),
        ("agent-london", Act.TICKET_READ, NotFound),
        ("cus_li", Act.DESK_WRITE, Forbidden),
        ("admin-hq", Act.TICKET_READ, Forbidden),
        ("auditor-hq", Act.TICKET_READ, None),
    ],
)
def test_what_is_foreign_looks_absent_and_a_foreign_act_is_forbidden(
    office: Office, who: str, act: Act, refusal: type[Exception] | None
) -> None:
    office.put(make_ticket())

    if refusal is None:
        assert office.services._changing.reach(id_of(1), act, office.call(who)).id == id_of(1)
    else:
        with pytest.raises(refusal):
            office.services._changing.reach(id_of(1), act, office.call(who))


def test_who_may_do_this_to_nothing_does_not_learn_whether_it_is_there(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.services._changing.reach(id_of(9), Act.DESK_WRITE, office.call("cus_li"))
    with pytest.raises(NotFound):
        office.services._changing.reach(id_of(9), Act.DESK_WRITE, office.call("lead-east"))


def test_who_speaks_for_the_customer_reaches_it_as_long_as_the_mandate_lasts(office: Office) -> None:
    mandate = Representative("cus_wang", Capacity.AGENT, "5e" * 32, "ann", START, START + timedelta(days=1))
    office.put(make_ticket(people=(mandate,)))
    assert office.services._changing.reach(id_of(1), Act.TICKET_READ, office.call("cus_wang"))

    office.now += timedelta(days=1)
    with pytest.raises(NotFound):
        office.services._changing.reach(id_of(1), Act.TICKET_READ, office.call("cus_wang"))


@pytest.mark.parametrize(
    ("about", "act", "refused"),
    [
        ({"about_staff": "lead-east"}, Act.TICKET_READ, True),
        ({"about_staff": "lead-east"}, Act.DESK_WRITE, True),
        ({"about_unit": "east"}, Act.TICKET_READ, False),
        ({"about_unit": "east"}, Act.DESK_WRITE, True),
        ({"about_staff": "agent-east", "about_unit": "london"}, Act.DESK_WRITE, False),
    ],
)
def test_who_is_complained_about_is_kept_out_and_their_unit_may_only_look(
    office: Office, about: dict[str, str], act: Act, refused: bool
) -> None:
    office.put(make_ticket(**about))

    if refused:
        with pytest.raises(ConflictOfInterest):
            office.services._changing.reach(id_of(1), act, office.call("lead-east"))
    else:
        assert office.services._changing.reach(id_of(1), act, office.call("lead-east"))


def test_a_change_is_a_version_and_a_record_bound_to_the_one_before(office: Office) -> None:
    office.put(make_ticket())
    once, twice = change(office), change(office)

    assert (once.version, twice.version, office.ticket(id_of(1)).topic) == (2, 3, "++")
    assert first_fault(id_of(1), office.ledger.chain(id_of(1)), twice.link) is None
    assert twice.link.seq == 2


def test_what_others_write_meanwhile_is_kept_and_the_change_is_made_on_top_of_it(office: Office) -> None:
    office.put(make_ticket())
    office.meanwhile(lambda: change(office, lambda t: (replace(t, product="card"), taken(t)[1])))

    after = change(office)

    assert (after.product, after.topic, after.version) == ("card", "+", 3)
    assert office.events(id_of(1)) == ["ticket.accepted"] * 2


def test_who_is_overtaken_again_and_again_gives_up(office: Office) -> None:
    office.put(make_ticket())
    tried = []

    def overtaken(ticket: Ticket) -> Any:
        tried.append(ticket.version)
        office.changed(id_of(1))
        return taken(ticket)

    with pytest.raises(Changed):
        change(office, overtaken)
    assert tried == list(range(1, TRIES + 1))


def test_who_has_not_seen_the_newest_is_told_its_version_and_nothing_is_done(office: Office) -> None:
    office.put(make_ticket(version=4))

    with pytest.raises(Outdated) as refused:
        change(office, if_match=3)
    assert refused.value.facts == {"version": 4}
    assert change(office, if_match=4).version == 5


def test_where_nothing_happened_nothing_is_written(office: Office) -> None:
    office.put(make_ticket())

    assert change(office, lambda ticket: (replace(ticket, topic="x"), [])) == office.ticket(id_of(1))
    assert office.ticket(id_of(1)).topic == ""
    assert office.events(id_of(1)) == []


@pytest.mark.parametrize("how", [taken, lambda ticket: (ticket, [])], ids=["changed", "unchanged"])
def test_the_same_call_again_is_answered_as_before(office: Office, how: Any) -> None:
    office.put(make_ticket())
    asked = {"once": Once("key", "body"), "answer": lambda ticket: Reply(200, json.dumps({"version": ticket.version}))}
    first = change(office, how, **asked)

    with pytest.raises(Replayed) as told:
        change(office, how, **asked)
    assert json.loads(told.value.reply.body) == {"version": first.version}
    assert office.ticket(id_of(1)).version == first.version


def test_what_a_call_did_to_clocks_stands_in_its_first_record(office: Office) -> None:
    office.put(make_ticket())

    def how(ticket: Ticket) -> Any:
        return replace(ticket, clocks=(DECISION, DECISION.extended("complex", 30, START))[:1]), [*taken(ticket)[1]] * 2

    change(office, how)
    first, second = office.ledger.chain(id_of(1))

    assert replayed([first.body[MOVES]]) == (DECISION,)
    assert MOVES not in second.body


def test_word_that_is_owed_no_longer_is_told_unless_an_event_says_it_was_taken(office: Office) -> None:
    notices = tuple(Notice(key, "case_assigned", "owner", START) for key in ("a", "b"))
    office.put(make_ticket(notices=notices))

    change(office, lambda ticket: (ticket.told("a").told("b"), [events.NoticeTaken(ticket.id, "a")]))

    (record,) = office.ledger.chain(id_of(1))
    assert record.body[DROPPED] == ["b"]


def test_every_writing_works_out_anew_when_something_is_due(office: Office) -> None:
    office.put(make_ticket(due_at=None, clocks=(DECISION,)))

    assert change(office).due_at is not None
