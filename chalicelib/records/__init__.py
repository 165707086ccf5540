"""The ledger: publishing what was recorded, and checking that no record was changed.

Promise: no event without a record, and no record that is not published; a chain tells its first bad link.
Hears: the stream of the table `records`. Keys: pk = subject, sk = number of the record.
"""
