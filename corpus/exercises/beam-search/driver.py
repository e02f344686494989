"""Gives beam_search a model that looks at the last token only, and notes what it was asked for."""


def search(answer, log_probs_after, start, end, width, max_length, alpha):
    """Row t of log_probs_after holds the log-probabilities of what follows token t."""
    asked = []

    def next_log_probs(tokens):
        asked.append([int(token) for token in tokens])
        return log_probs_after[asked[-1][-1]].copy()

    found = answer.beam_search(next_log_probs, start, end, width, max_length, alpha)
    return {"found": found, "asked": asked}
