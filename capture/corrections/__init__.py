"""Correcting a text after coding: versions, where passages go, what needs a look."""
