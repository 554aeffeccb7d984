"""Finding candidate themes: from texts and vectors to themes, pure and repeatable."""
