"""Every place in a file where a word can stand, format by format."""
