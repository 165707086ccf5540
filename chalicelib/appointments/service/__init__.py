"""What people do with appointments."""

from .catalogue import Registry

__all__ = ["Registry"]
