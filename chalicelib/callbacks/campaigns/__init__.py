"""Campaigns: customers who are called, some of many, to ask how they were served (clause 3.5.1).

Promise: whom a campaign calls is drawn by chance that anybody can draw again; nobody is called for one beyond its quota, twice,
or against what they wish; and it ends by its own rules, with the reason.
States: draft → drawn → running ⇄ paused → over. Says: campaign.*. Hears: due hints of the sweep, text.* about campaigns.
Keys (table callbacks): `cmp_…/campaign` (index due), `cmp_…/sample`, `campaigns#<unit>/cmp_…`.
"""
