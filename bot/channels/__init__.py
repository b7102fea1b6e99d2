"""The messengers: each one turns what it hears into Incoming, and a Message into what it can show."""
