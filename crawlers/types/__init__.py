"""Source types, one small module each."""
