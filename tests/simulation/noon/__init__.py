"""A day at two branches, one of which closes at noon: who booked, who walked in, and what became of everybody."""
