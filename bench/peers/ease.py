"""EASE in NumPy: the Gram matrix of a sparse matrix, its inverse by LAPACK in double precision, and the weights."""

import time

import numpy as np
import scipy.sparse as sparse
from serve import serve

state = {}


def load(name, members, titles):
    indptr = np.fromfile(name + ".indptr", np.int32)
    indices = np.fromfile(name + ".indices", np.int32)
    state["matrix"] = sparse.csr_matrix((np.ones(len(indices)), indices, indptr), shape=(members, titles))
    return {}


def fit(regularization):
    matrix = state["matrix"]
    start = time.perf_counter()
    gram = (matrix.T @ matrix).toarray()
    gram[np.diag_indices_from(gram)] += regularization
    inverse = np.linalg.inv(gram)
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0)
    seconds = time.perf_counter() - start
    state["weights"] = weights
    return {"seconds": seconds}


def difference(weights):
    """The largest difference of a file's float32 weights from these."""
    ours = np.fromfile(weights, np.float32).reshape(state["weights"].shape)
    return {"largest": float(np.abs(ours - state["weights"]).max()), "size": float(np.abs(state["weights"]).max())}


serve(load=load, fit=fit, difference=difference)
