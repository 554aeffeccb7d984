"""The map of themes: where each segment stands on it."""
