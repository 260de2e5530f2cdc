"""AUC ROC and average precision by scikit-learn, of scores read once from raw little-endian files."""

import time

import numpy as np
from serve import serve
from sklearn.metrics import average_precision_score, roc_auc_score

state = {}


def load(scores, labels):
    state["scores"] = np.fromfile(scores, np.float64)
    state["labels"] = np.fromfile(labels, np.uint8)


def measure():
    start = time.perf_counter()
    auc = roc_auc_score(state["labels"], state["scores"])
    precision = average_precision_score(state["labels"], state["scores"])
    return {"seconds": time.perf_counter() - start, "auc": auc, "average_precision": precision}


serve(load=load, measure=measure)
