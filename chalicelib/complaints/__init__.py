"""The regulated process on a ticket of kind complaint.

Promise: the clocks of every regime that applies run from the first expression; nobody decides about themselves; the final
clock is met by delivery, not by a state.
States: received → in_progress → decided → delivering → delivered → closed.
Says: complaint.received, complaint.decided, complaint.delivery_asked, complaint.delivered, complaint.closed.
Keeps its facts in the ticket's `process`; it has no table of its own.
"""
