"""Words everybody shares: errors, time, ids, actors, access, phone numbers, paging, records.

Pure: nothing here talks to AWS, HTTP or the environment. Only here may the clock be read and randomness be drawn;
everybody else is handed both.
"""
