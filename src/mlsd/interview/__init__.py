"""Who asks: the interview without a terminal."""
