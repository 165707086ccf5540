"""One-time codes by SMS, and by voice where a text does not arrive.

Promise: a code works once, for ten minutes, for one purpose and transaction, for five tries counted before they are
compared; only its keyed hash is stored. Nobody but who asked for it can try it. Whether a phone is known cannot be told.
No text leaves uncounted: by phone, address, device, prefix and money; countries are closed unless told otherwise.
States: sent → approved, or unsent. Says: verification.started, .resent, .rerouted, .arrived, .failed, .stuck, .unsent,
.approved; codes.reach_set, .stopped, .reopened. Keys (table verification; index due): `ver_…/code`,
`limit#<hash>/limit`, `proven#<hash>/proven`, `day#<date>/<shard>`, `closed/<name>`, `reach/reach`.
"""
