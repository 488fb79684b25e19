"""Invented directories of any size with the full schema. Nothing in them is true; every file and page says so."""
