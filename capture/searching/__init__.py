"""Search over a study: words and meaning, and more of what a passage is like."""
