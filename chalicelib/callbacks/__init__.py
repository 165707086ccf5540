"""Callbacks: promised calls that happen, once, at the right time, and can be trusted (clauses 3.1.2, 3.4.4, 3.5.1).

Promise: a window is given to no more people than can be called in it; a promise is kept, or somebody is told why not; nobody
is called outside the hours of their country, oftener than its rules allow, or twice because something crashed.
States: promised → ready → leased → kept; leased → resting → ready; ends: kept, unreached, broken, declined, cancelled.
Says: callback.*, contact.wishes_kept. Hears: callback.promised, complaint.closed, text.started,
text.held, text.withheld, due hints of the sweep.
Keys (table callbacks): `C-…/callback` (indexes due, line, unit, customer), `open#<customer>/<purpose>#<ticket>`,
`window#<unit>/<start>`, `lease#<agent>/lease`, `word#<digest>/word`, `contact#<customer>/book`.
"""
