"""Benchmarks: the product beside the least that could serve, in one run."""
