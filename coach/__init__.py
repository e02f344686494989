"""A deep-learning interview coach for the terminal, in English and Chinese."""

__version__ = "0.1.0"
