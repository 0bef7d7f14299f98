"""Puts the parts together: starts the window or the command line."""
