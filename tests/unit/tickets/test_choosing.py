"""Who is chosen, of those who may be: whoever has least to do for their capacity."""

from collections import Counter

from chalicelib.tickets.policy import choose_owner


def test_whoever_has_least_to_do_is_chosen_whatever_the_ticket() -> None:
    loads = {"ann": 3, "bob": 2, "eve": 5}

    assert {choose_owner(loads, f"tkt_{n}", loads, {}) for n in range(50)} == {"bob"}


def test_half_a_person_with_half_as_much_has_as_much_to_do() -> None:
    assert choose_owner(["ann", "bob"], "tkt_1", {"ann": 4, "bob": 3}, {"bob": 0.5}) == "ann"
    assert choose_owner(["ann", "bob"], "tkt_1", {"ann": 8, "bob": 3}, {"bob": 0.5}) == "bob"


def test_the_same_is_chosen_each_time_and_evenly_where_all_have_the_same_to_do() -> None:
    chosen = [choose_owner(["ann", "bob"], f"tkt_{n}", {}, {}) for n in range(400)]

    assert chosen == [choose_owner(["bob", "ann"], f"tkt_{n}", {}, {}) for n in range(400)]
    assert min(Counter(chosen).values()) > 150


def test_where_there_is_nobody_nobody_is_chosen() -> None:
    assert choose_owner([], "tkt_1", {"ann": 1}, {}) == ""
