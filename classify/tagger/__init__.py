"""What do sentences state, read by a trained network?"""
