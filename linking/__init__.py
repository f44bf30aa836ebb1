"""Whom does a signal threaten? Signals and accounts in, exposures out."""
