"""What can be read, in files named after what they read: functions from a connection to values."""
