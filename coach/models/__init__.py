"""Language models: the embedded one, OpenAI-compatible endpoints, and a scripted stand-in."""
