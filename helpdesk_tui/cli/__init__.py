"""The command line: words in, one verb of the desk, words or JSON out. Nothing is decided here."""
