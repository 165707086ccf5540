"""Kiosks."""

from functools import cached_property
from typing import Any

from chalicelib.aws.proofs import DeviceProofs
from chalicelib.aws.sealing import Sealing
from chalicelib.identity.service import Seating
from chalicelib.kiosks.model import CODE_TOKEN
from chalicelib.kiosks.service import Beating, Enrolling, Handing, Keeping, Registry, Visiting
from chalicelib.kiosks.store import DynamoHandovers, DynamoKiosks

from .enclosures import Enclosures


class Devices(Enclosures):
    """What stands in a branch and acts by itself."""

    @property
    def kiosk_audience(self) -> str:
        """Whom a kiosk's statements are made for: where they are sent."""
        return f"{self._settings.public_url}/v1/kiosks/sessions"

    def made_again(self, purpose: str, id_: str) -> Any:
        """Make the token of a thing, or tell what is kept encrypted, the same each time."""
        if purpose == CODE_TOKEN:
            return self.kiosk_enrolling.code_of(id_)
        return self.kiosk_handing.told_again(id_) if purpose == "draft" else super().made_again(purpose, id_)

    @cached_property
    def _kiosks(self) -> Keeping:
        return Keeping(DynamoKiosks(self.tables), Seating(self.identity))

    @cached_property
    def kiosk_registry(self) -> Registry:
        return Registry(self._kiosks, self.keys, self.institution)

    @cached_property
    def kiosk_enrolling(self) -> Enrolling:
        return Enrolling(self._kiosks, self.keys, DeviceProofs(self.kiosk_audience))

    @cached_property
    def kiosk_beating(self) -> Beating:
        return Beating(self._kiosks)

    @cached_property
    def kiosk_visiting(self) -> Visiting:
        return Visiting(self._kiosks)

    @cached_property
    def kiosk_handing(self) -> Handing:
        sealing = Sealing(self.keys, "draft")
        return Handing(self.kiosk_visiting, DynamoHandovers(self.tables), sealing, self.keys)
