"""The validator: finds what is wrong with facts, topics and texts before anything trains."""
