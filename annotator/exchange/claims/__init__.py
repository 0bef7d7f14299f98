"""Shared tasks of claims and stances."""
