"""Tokens, sentences, entities and what proposes annotations; the only user of spaCy."""
