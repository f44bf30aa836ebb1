"""Where is everything kept? Models, sessions, migrations, blobs."""
