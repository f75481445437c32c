"""Rules about people whom a decision meets."""
