"""Learning from the project's own labels: better edges than the rules', and better scores."""
