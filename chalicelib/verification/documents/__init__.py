"""Identity documents that staff of a branch look at, for a visit (clause 3.3.2).

Promise: what is kept is kind, result, day of expiry and a keyed digest of the number, never the number or a picture; where much
depends on it, or the number is not the one seen before, two people look, each for themselves.
States: verified, awaiting_second → verified or refused; refused. Says: document.seen, document.seconded.
Keys (table verification): `apt_…/document`, `cus_…/document#<kind>`.
"""
