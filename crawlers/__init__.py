"""What does the source say now? A source in, a snapshot out."""
