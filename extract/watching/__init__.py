"""What does a new capture mean after all that came before it?"""
