"""Copies of everything for the day on which the disk is gone: one file, made while the program runs."""
