"""What of two captures truly differs, and what is noise, by name?"""
