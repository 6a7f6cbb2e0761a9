"""Breaks things on purpose, and counts what the patients would have noticed."""
