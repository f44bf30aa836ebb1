"""How right is the comparison, on pairs with a key?"""
