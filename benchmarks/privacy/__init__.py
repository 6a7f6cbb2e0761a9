"""How much of what is personal is taken out of a message, and how much else."""
