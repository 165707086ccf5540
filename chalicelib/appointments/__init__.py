"""Branch appointments: catalogue, slots, holds, bookings.

Promise: no cell of time is ever given to more people than can serve them, and a seat given back is free at once; a hold
lasts five minutes and is freed by the sweep, never by TTL. States: see model/states.py.
Says: hold.taken, hold.freed, appointment.booked, appointment.moved, appointment.cancelled, appointment.word_asked,
appointment.word_taken, branch.registered, service.registered. Hears: due hints of the sweep, text.started, its own.
Keys (table appointments): `branches/<branch>`, `services/<service>`, `<branch>#<local date>/cell#<pool>#<UTC start>`,
`<branch>#<local date>/hold#<hold>`, `customer#<id>/count`, `A-20261123-7K3QX/appointment`; indexes due, customer, day.
"""
