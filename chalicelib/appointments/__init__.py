"""Branch appointments: catalogue, slots, holds, bookings, reminders, continuity.

Promise: no cell of time is ever given to more people than can serve them, and a seat given back is free at once; a hold
lasts five minutes and is freed by the sweep; no booking a closure affects is lost or cancelled in silence. States: states.py.
Says: hold.*, appointment.*, branch.registered, service.registered, continuity.*, plan.*. Hears: due hints, text.started.
Keys (table appointments): `branches/<branch>`, `services/<service>`, `continuity/<target>`, `plan#<branch>/plan`,
`plan#<branch>/booking#<day>#<0 or 1>#<id>`, `<branch>#<local date>/cell#<pool>#<UTC start>`,
`<branch>#<local date>/hold#<hold>`, `customer#<id>/count`, `A-20261123-7K3QX/appointment`; indexes due, customer, day.
"""
