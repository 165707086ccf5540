"""Every matter a customer raises: number, conversation, owner, state, clocks.

Promise: each clock is derived from facts, explains itself, and warns at 50, 75 and 90 % and at breach exactly once each;
a hint that is lost is made again by the sweep. States belong to the kind of ticket (see complaints).
Says: ticket.assigned, task.asked, message.posted, clock.warned, clock.missed, notice.repeated.
Hears: due hints of the sweep, staff.absence_entered; text.sent, text.delivered, text.failed.
Keys (table tickets): `T-20261123-7K3QX/ticket`, `…/message#<id>`, `…/task#01`, `…/task#01#001`; indexes due, desk, customer.
"""
