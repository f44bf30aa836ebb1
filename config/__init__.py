"""What do we watch, for whom, and how do we score? YAML in, typed settings out."""
