"""Registers that officers keep beside reports, and the news that units send to the editor."""
