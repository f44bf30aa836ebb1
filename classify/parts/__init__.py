"""Which parts of a change become a signal each?"""
