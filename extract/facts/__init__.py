"""What does a page state? Plans, people, openings, names, events, entries, clauses."""
