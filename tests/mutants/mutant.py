"""What a mutant is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A line that guards something, what stands in its place, and the tests that must notice."""

    name: str
    file: str
    old: str
    new: str
    tests: str
