"""Formats and suggesters found through entry points, ours and other people's alike."""
