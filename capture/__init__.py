"""The record of a study, and what the machine notices in it."""
