"""Files that people send in for a ticket: straight to S3, held back until they are known to be clean.

Promise: what is given out is, byte for byte, what was announced, has been looked at, and its SHA-256 is in the ledger; what
is internal or not clean is never given to a customer; what never comes is ended. States: awaited → quarantined → clean or
infected → removed; awaited → refused or expired.
Says: attachment.asked, .stored, .refused, .expired, .cleared, .infected, .removed, .unscanned, .read.
Hears: attachment.stored, attachment.infected, results of the scanner, due hints of the sweep.
Keys (table attachments): `tkt_…/shelf`, `tkt_…/attachment#<id>`; index due. Objects: `incoming/` and `kept/`, `tkt_…/<id>`.
"""
