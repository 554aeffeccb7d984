"""Candidate themes in the record: runs of the finder, and themes that live through them."""
