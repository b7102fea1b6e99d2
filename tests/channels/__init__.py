"""Every channel against one table of cases."""
