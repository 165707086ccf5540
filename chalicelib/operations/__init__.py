"""Running it: the sweep that finds what is due, health, and how the queues stand.

Promise: whatever is due is found within a minute, however many messages were lost; a sweep that stops raises an alarm.
Keys (table operations): `sweep/heartbeat`.
"""
