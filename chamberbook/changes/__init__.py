"""Two versions of the directory -> what changes between them, in words that a reviewer reads."""
