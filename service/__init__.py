"""Who runs what, when and where? Pipeline, scheduler, command line."""
