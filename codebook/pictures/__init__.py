"""Candidate themes as pictures: one drawing, on the screen and in the files alike."""
