"""The queue edge: what every job has around it."""

from .consumer import consumer, publisher, scheduled

__all__ = ["consumer", "publisher", "scheduled"]
