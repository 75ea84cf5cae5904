"""The data protection officer's console."""
