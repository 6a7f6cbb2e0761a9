"""Measures how messages with several questions, and follow-ups, are understood in whole turns."""
