"""The door by which messages come: batches, turns, one transaction each."""
