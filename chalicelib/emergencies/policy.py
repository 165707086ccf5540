"""How long, and how often compliance is asked."""

from datetime import timedelta

LONGEST = timedelta(minutes=60)
ASK_AGAIN = timedelta(hours=24)
