"""What others have built, measured beside this: each in an environment of its own, which the benchmark makes."""
