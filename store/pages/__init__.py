"""What do the web pages read? Queries that join several nouns for one look; they write nothing."""
