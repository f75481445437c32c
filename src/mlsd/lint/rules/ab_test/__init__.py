"""Rules about the A/B test."""
