"""Corpora, and records of tools that are not known by name."""
