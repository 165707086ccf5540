"""Canned answers: approved wordings with variables, in versions.

Promise: what a customer reads from here was approved by somebody who did not write it, was in force, and has no hole; the
message and its record name the version and its digest.
States of a version: draft → proposed → approved → retired; a returned one is a draft again.
Says: answer.created, .version_written, .proposed, .approved, .returned, .retired; .review_due, .reminder_repeated,
.reminder_taken.
Hears: due hints of the sweep, text.started.
Keys (table answers): `ans_…/answer`, `ans_…/version#0001`; indexes due, library.
"""
