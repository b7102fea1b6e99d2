"""What officers send to all their units: pure rules about notices, their audience, their wording, how they stand."""
