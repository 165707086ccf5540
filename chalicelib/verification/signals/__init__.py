"""Signals: whether a phone number may be trusted just now, and by which row of a table that was decided.

Promise: whoever is about to rely on a number asks first; what a provider says is kept as a fact, and decided by data.
`unknown` is a legal value of each signal: a provider that is away, slow, unpaid or not there keeps nobody out. No number
stands in any of it, and nothing is asked of a provider within a transaction.
Says: number.checked, number.judged. Hears nothing.
Keys (table verification): `signals#<hash>/signals`, `limit#signals…/limit`.
"""
