"""Running it: the sweep that finds what is due, health, how things stand, and bringing dead letters back.

Promise: whatever is due is found within a minute, however many messages were lost; a sweep that stops raises an alarm.
Says: redrive.started, redrive.ended.
Keys (table operations): `sweep/heartbeat`, `redrive#<queue>/redrive`.
"""
