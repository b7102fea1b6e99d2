"""One writer for each effect, in files named after what they write."""
