"""Discovery: what a rival can be watched by, found from its home page."""
