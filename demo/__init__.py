"""Can I see it work now? A small world of rivals, served on loopback, that changes from week to week."""
