"""The pages on which a text is corrected, and what came of it is looked at."""
