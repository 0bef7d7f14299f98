"""Other labelling tools."""
