"""The panels and dialogs beside the article: inspector, find, checks, import, export, history."""
