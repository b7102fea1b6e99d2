"""The tests, and the fakes they share."""
