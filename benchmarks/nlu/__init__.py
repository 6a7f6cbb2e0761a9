"""Compares how well and how fast two pipelines understand: `make benchmark-nlu`."""
