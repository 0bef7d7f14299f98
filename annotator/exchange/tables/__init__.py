"""Tables: opened, told apart by their columns, read as articles or as labels."""
