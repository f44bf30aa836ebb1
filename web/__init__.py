"""What does a person look at? Pages and a JSON API."""
