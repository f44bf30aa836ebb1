"""Who are our accounts, and what do their own systems say? Files, pushed metrics and connected systems come in here."""
