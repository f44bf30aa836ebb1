"""How is the account, all told? Metrics and exposures in, health and flags out."""
