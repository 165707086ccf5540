"""Branch appointments: catalogue, slots, holds, bookings, reminders, documents, continuity, and the day itself.

Promise: no cell of time is given to more people than can serve them, and a seat given back is free at once; two counters
never call the same visitor, and the order of a queue can be told; no booking a closure affects is lost or cancelled in
silence. States: see model/states.py. Says: see events.py. Hears: due hints of the sweep, text.started, its own.
Keys (table appointments): `branches/<branch>`, `services/<service>`, `continuity/<target>`, `plan#<branch>/plan`,
`plan#<branch>/booking#<day>#<0 or 1>#<id>`, `<branch>#<local date>/cell#<pool>#<UTC start>`,
`<branch>#<local date>/hold#<hold>`, `<branch>#<local date>/numbers`, `customer#<id>/count`,
`customer#<id>/missed#<start>#<id>`, `figures#<branch>/<date>#<service>`, `A-20261123-7K3QX/appointment`; four indexes.
"""
