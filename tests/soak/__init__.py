"""A day, or two months, in fast motion: `python -m tests.soak --updates 1000000`."""
