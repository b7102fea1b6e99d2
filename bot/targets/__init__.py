"""Targets as a list: a spreadsheet in and out, by the same rules as the list of units."""
