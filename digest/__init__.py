"""What must this reader know this week? Signals, exposures and health in, mail out."""
