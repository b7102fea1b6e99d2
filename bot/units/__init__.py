"""The list of units: reading it from a spreadsheet, and planning what its import changes."""
