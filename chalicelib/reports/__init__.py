"""Reports: figures for those who manage, and files for regulators.

Promise: figures come from the desk's index and from nothing that could be counted twice; a regulator's file is folded from
the ledger as it stood at the end of its period, so that the same period gives the same bytes whatever happened since.
Writes nothing and says nothing. Keeps nothing: it reads index desk of table tickets, and table records.
"""
