"""What an act means for somebody who sells against the rival: sentences by category, chosen by words and facts."""
