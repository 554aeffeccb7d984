"""The page of review: a passage in its context, and the codes in question."""
