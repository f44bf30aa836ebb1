"""What is new or gone since last time? Snapshots in, changes out."""
