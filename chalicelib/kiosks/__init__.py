"""Kiosks: devices in branches at which customers serve themselves (clause 3.2.3), and those of the hall.

Promise: a kiosk that is disabled, retired or opened by force does nothing from the next request on; nothing a customer left
half done there is lost, and nothing of it stays; silence is told to the unit's lead once.
States: registered → active ⇄ disabled; retired is the end. Says: kiosk.*, handover.offered, handover.taken.
Hears: text.* about kiosks.
Keys (table kiosks): `kio_…/kiosk` (indexes unit, due), `kio_…/proof#<digest>`, `code#<handle>/enrolment`, `hnd_…/handover`.
"""
