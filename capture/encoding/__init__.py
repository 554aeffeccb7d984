"""Texts to vectors, and vectors in the store."""
