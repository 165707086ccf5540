"""When is something due, and why: calendars, clocks, packs and escalation, as pure arithmetic.

It knows no ticket, no AWS and no present time: start, rule, pauses, extensions and calendar go in, an instant and
its explanation come out. Nothing is stored, so nothing can drift. `rules` says what a promise is, `facts` what may
start and end it, `counting` counts, `explaining` writes the count down, `clocks` puts them together, `packs` reads
rules and calendars from TOML, `trials` compares versions. `escalation` and `thresholds` say who is told and when.
"""
