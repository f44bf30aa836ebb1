"""What the score of materiality is taught with: lines that pages say beside the matter, and lines they exist for."""
