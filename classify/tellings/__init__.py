"""Which texts tell the same act, and how do two acts stand to each other?"""
