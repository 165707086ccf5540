"""Money: minor units and a currency, never a fraction."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    """`amount` minor units (fen, cents, pence) of an ISO 4217 currency."""

    amount: int
    currency: str
