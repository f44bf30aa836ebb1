"""How right are categories and facts, on labelled rows?"""
