"""Whether somebody has typed a right code for a phone on the device that asks."""

from dataclasses import dataclass

from chalicelib.kernel.calls import Call

from .gate import Gate


@dataclass(frozen=True)
class Recalling:
    """Goes by the last right code of a phone, and by nobody's name; for phones nobody knows it reads as much."""

    gate: Gate

    def device(self, phone: str, call: Call) -> str:
        """Give `known` or `new`, and `unknown` where the app names no device."""
        device = self.gate.source(call).device
        if not device:
            return "unknown"
        proven = self.gate.store.proven(self.gate.hidden("phone", phone))
        return "known" if proven and proven.source.device == device else "new"
