"""Fraud: what is reported, and whether it is really us.

Promise: a report closes what it is about to codes in the same transaction; a word that staff give for a call, a text or a
desk is genuine for one phone, for a time, and whoever asks about any other is told so plainly.
Says: fraud.reported, word.issued, word.checked.
Keys (table verification): `frd_…/report`, `marked#<hash>/marked`, `word#<hash>/word`, `limit#<hash>/limit`.
"""
