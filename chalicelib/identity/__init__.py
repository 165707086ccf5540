"""Who is asking: customers, staff, units and sessions.

Promise: a session ended, a member of staff or a kiosk disabled, is refused on the next request.
Says: customer.registered, .verified, .phone_changed, session.started, .proven, .ended, .ended_elsewhere, .revoked,
staff.registered, .absence_entered, unit.registered.
Keys (table identity): `cus_…/customer`, `phone#<digest>/phone`, `session#<hash>/session`, `grant#<id>/spent`,
`units/<unit>`, `unit#<unit>/member#<staff>`, `staff#<staff>/staff`, `…/moving` (index due), `…/session#<hash>`.
"""
