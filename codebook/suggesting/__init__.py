"""Code suggestions that learn: from the codebook's words first, then from what people decide."""
