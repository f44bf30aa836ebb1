"""How are the model, the head and the tagger made?"""
