"""Faces in the table `verification`."""

from .faces import DynamoFaces

__all__ = ["DynamoFaces"]
