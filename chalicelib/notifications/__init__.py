"""Telling people: texts and mails, and what became of them.

Promise: one word is sent once however often it is asked for, goes out as soon as the provider can be had, and its status
never moves back.
States: (held →) sending → sent → delivered, or failed, or withheld. Receipts: taken → applied.
Says: text.started, text.held, text.withheld, text.sent, text.delivered, text.failed, receipt.taken.
Hears: every event that carries notices.
Keys (table notifications): `msg_…/text`, `rcp_…/receipt`, `tally#sms/<hour>`; index due.
"""
