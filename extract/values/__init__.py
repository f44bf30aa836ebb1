"""What does a word, a day or an amount in a line say, whatever the notation?"""
