"""How much danger is found, and how often it is seen where there is none."""
