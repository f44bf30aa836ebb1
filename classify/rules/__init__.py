"""What do sentences state, read by rules? People, companies, sums, prices, places, days."""
