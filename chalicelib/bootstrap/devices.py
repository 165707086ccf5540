"""Kiosks."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from .enclosures import Enclosures

if TYPE_CHECKING:
    from chalicelib.kiosks.service import Beating, Enrolling, Handing, Keeping, Registry, Visiting


class Devices(Enclosures):
    """What stands in a branch and acts by itself."""

    @property
    def kiosk_audience(self) -> str:
        """Whom a kiosk's statements are made for: where they are sent."""
        return f"{self._settings.public_url}/v1/kiosks/sessions"

    def made_again(self, purpose: str, id_: str) -> Any:
        """Make the token of a thing, or tell what is kept encrypted, the same each time."""
        from chalicelib.kiosks.model import CODE_TOKEN

        if purpose == CODE_TOKEN:
            return self.kiosk_enrolling.code_of(id_)
        return self.kiosk_handing.told_again(id_) if purpose == "draft" else super().made_again(purpose, id_)

    @cached_property
    def _kiosks(self) -> "Keeping":
        from chalicelib.identity.service import Seating
        from chalicelib.kiosks.service import Keeping
        from chalicelib.kiosks.store import DynamoKiosks

        return Keeping(DynamoKiosks(self.tables), Seating(self.identity))

    @cached_property
    def kiosk_registry(self) -> "Registry":
        from chalicelib.kiosks.service import Registry

        return Registry(self._kiosks, self.keys, self.institution)

    @cached_property
    def kiosk_enrolling(self) -> "Enrolling":
        from chalicelib.aws.proofs import DeviceProofs
        from chalicelib.kiosks.service import Enrolling

        return Enrolling(self._kiosks, self.keys, DeviceProofs(self.kiosk_audience))

    @cached_property
    def kiosk_beating(self) -> "Beating":
        from chalicelib.kiosks.service import Beating

        return Beating(self._kiosks)

    @cached_property
    def kiosk_visiting(self) -> "Visiting":
        from chalicelib.kiosks.service import Visiting

        return Visiting(self._kiosks)

    @cached_property
    def kiosk_handing(self) -> "Handing":
        from chalicelib.aws.sealing import Sealing
        from chalicelib.kiosks.service import Handing
        from chalicelib.kiosks.store import DynamoHandovers

        sealing = Sealing(self.keys, "draft")
        return Handing(self.kiosk_visiting, DynamoHandovers(self.tables), sealing, self.keys)
