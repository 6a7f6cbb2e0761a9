"""Custom actions: they look facts up and name a response; the words stand in data/."""
