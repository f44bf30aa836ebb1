"""Which prices does a text state, of what, before and after?"""
