"""Rules about problem."""
