"""Reaching a unit that is not one's own, for a stated reason and at most an hour ("break-glass").

Promise: it widens what somebody reaches by one unit and nothing else; each record of that time says so; compliance is told at
once, and asked again every day until somebody answers who did not do it. States: open → justified or unjustified.
Says: emergency.begun, .reminded, .answered. Hears: due hints of the sweep.
Keys (table identity): `emg_…/emergency` (index due), `emergencies/<id>`.
"""
