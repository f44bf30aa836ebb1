"""What is a page about?"""
