"""Rules about facts of different stages that must agree."""
