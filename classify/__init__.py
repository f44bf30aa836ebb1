"""What does a change mean? Changes in, signals out."""
