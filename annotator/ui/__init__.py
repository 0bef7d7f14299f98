"""What is seen and done in the window (Qt)."""
