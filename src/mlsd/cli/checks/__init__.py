"""The parts of ``mlsd check`` that a check of one file does without."""
