"""Files that wait for a researcher's look: drafts, what is said of them, taking them in."""
