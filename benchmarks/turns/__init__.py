"""How long a turn takes, and what makes it take longer."""
