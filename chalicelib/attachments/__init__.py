"""Files that people send in for a ticket or a visit: straight to S3, held back until they are known to be clean.

Promise: what is given out is, byte for byte, what was announced, has been looked at, and its SHA-256 is in the ledger; what
is internal or not clean is never given to a customer; what never comes is ended, and what is for a visit goes after it. States:
awaited → quarantined → clean or infected → removed; awaited → refused or expired; of a visit, then ended.
Says: attachment.asked, .stored, .refused, .expired, .cleared, .infected, .removed, .unscanned, .read, .kept_until, .ended.
Hears: attachment.stored, .infected, appointment.moved, .cancelled, .rebooked, results of the scanner, due hints of the sweep.
Keys (table attachments): `tkt_…/shelf`, `tkt_…/attachment#<id>`, of visits `apt_…`; index due. Objects: `incoming/` and
`kept/`, `tkt_…/<id>`.
"""
