"""annotator JSONL, the program's own format."""
