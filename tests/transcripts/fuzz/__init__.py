"""Strategies that make files of every format: sound ones, odd ones and broken ones."""
