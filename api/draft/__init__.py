"""The page of a file that waits: what it shows, and what was said on it."""
