"""Dripdesk beside stock Rasa: how fast, how large, how soon there."""
