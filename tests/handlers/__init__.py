"""Tests of the report kinds."""
