"""The command line's rooms: each parses and prints; the work is done further left."""
