"""Tickets and their messages in the table `tickets`."""

from .dynamo import DynamoTickets
from .items import from_item, to_item

__all__ = ["DynamoTickets", "from_item", "to_item"]
