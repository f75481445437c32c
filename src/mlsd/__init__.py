"""mlsd: a compiler for ML system designs. It asks, computes, contradicts, prints and scores."""

__version__ = "0.1.0"
