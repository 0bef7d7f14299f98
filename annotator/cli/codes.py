"""The exit codes of the program; kept light, because the window waits for them."""

WELL, REFUSED, WRONG_USAGE, STOPPED = 0, 1, 2, 130
