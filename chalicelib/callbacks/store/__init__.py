"""Callbacks in the table `callbacks`."""

from .dynamo import DynamoCallbacks

__all__ = ["DynamoCallbacks"]
