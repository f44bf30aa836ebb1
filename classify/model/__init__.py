"""What is a text about? Sentence embeddings, a trained head, and what they know."""
