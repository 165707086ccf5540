"""Branch appointments: catalogue, slots, holds, bookings, reminders, waitlist, documents, continuity, and the day itself.

Promise: no cell is given to more people than can be served, a seat given back is free at once; no two counters call the same
visitor; the order of a queue and of the waitlist can be told; no booking a closure affects is lost or cancelled in silence.
States: model/states.py, waitlist.py. Says: events. Hears: due hints of the sweep, text.started, its own. Keys (table
appointments): `branches/<branch>`, `services/<service>`, `continuity/<target>`, `plan#<branch>/plan` and `…/booking#…`,
`<branch>#<local date>/cell#<pool>#<UTC start>`, `…/hold#<hold>`, `…/numbers`, `customer#<id>/count`, `…/missed#<start>#<id>`,
`figures#<branch>/<date>#<service>`, `A-20261123-7K3QX/appointment`, `<entry>/waiting`,
`waiting#<branch>/<date>#<customer>` and `…/watch`, `limit#<who>#<window>/limit`; four indexes.
"""
