"""Who came, rose or left, in which role?"""
