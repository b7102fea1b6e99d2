"""Bytes out: files that people asked for."""
