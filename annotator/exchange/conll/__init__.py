"""A word in each line with its tags."""
