"""Real names and what stands for them: the register, and the log of what was replaced."""
