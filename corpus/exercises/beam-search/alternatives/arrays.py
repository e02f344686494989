import numpy as np


def beam_search(next_log_probs, start, end, width, max_length, alpha):
    """Scores of all candidates in one vector, with parents and tokens beside it."""
    sequences, scores, done = [[start]], np.zeros(1), np.zeros(1, dtype=bool)
    for _ in range(max_length):
        parents, tokens, totals = [], [], []
        for parent in range(len(sequences)):
            if done[parent]:
                gained, following = np.zeros(1), np.array([-1])
            else:
                gained = np.asarray(next_log_probs(sequences[parent]))
                following = np.arange(len(gained))
            parents.append(np.full(len(gained), parent))
            tokens.append(following)
            totals.append(scores[parent] + gained)
        parents, tokens, totals = map(np.concatenate, (parents, tokens, totals))
        best = np.argsort(-totals, kind="stable")[:width]
        best = best[np.isfinite(totals[best])]
        sequences = [
            sequences[parents[c]] + ([] if tokens[c] < 0 else [int(tokens[c])]) for c in best
        ]
        scores, done = totals[best], (tokens[best] == end) | (tokens[best] < 0)
        if done.all():
            break
    lengths = np.array([len(sequence) - 1 for sequence in sequences])
    order = np.argsort(-scores / lengths**alpha, kind="stable")
    return [(sequences[c], float(scores[c])) for c in order]
