"""A whole Dutydesk in memory: the real wiring and stores on tables that enforce the same conditions, and faults on order."""
