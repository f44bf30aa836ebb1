"""Who lives in the demo world, what they do from week to week, and whom it concerns."""
