"""What people decide: the codebook, suggestions, decisions, agreement and the quote bank."""
