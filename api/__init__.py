"""The review service: the web pages and the command line over the record."""
