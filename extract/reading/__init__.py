"""What stands on a page, and where? Bytes in, pieces with their places out."""
