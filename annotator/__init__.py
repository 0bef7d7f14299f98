"""annotator: label claims, stances and sources in news articles, offline."""

__version__ = "0.1.0"
