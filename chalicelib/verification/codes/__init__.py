"""One-time codes by SMS.

Promise: a code works once, for ten minutes, for one purpose, for five tries counted before they are compared; it is
stored as a keyed hash only. Whether a phone number is known cannot be told from any answer.
States: sent → approved. Says: verification.started, verification.resent, verification.approved.
Keys (table verification): `ver_…/code`.
"""
