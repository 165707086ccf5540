"""How tickets hang together."""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.kernel.errors import Conflict


class Relation(StrEnum):
    """What another ticket is to this one."""

    RELATED = "related"
    MERGED_INTO = "merged_into"
    MERGED_FROM = "merged_from"
    SPLIT_FROM = "split_from"
    SPLIT_TO = "split_to"
    FOLLOW_UP_OF = "follow_up_of"
    FOLLOWED_BY = "followed_by"


@dataclass(frozen=True)
class Tie:
    """One tie of a ticket to another."""

    relation: Relation
    ticket: str


class NotOfOneCustomer(Conflict):
    """Only tickets of one customer can be merged: the other would read what is not theirs."""

    code = "not_of_one_customer"
