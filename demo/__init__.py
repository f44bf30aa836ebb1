"""Can I see it work now? A small world of rival sites on loopback."""
