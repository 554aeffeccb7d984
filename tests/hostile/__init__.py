"""Files made to harm: each has to cost its sender a sentence at most."""
