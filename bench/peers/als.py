"""Implicit ALS as in the library implicit: training by conjugate gradients, recommending for all members, and the loss of anyone's factors."""

import time

import numpy as np
import scipy.sparse as sparse
from implicit.cpu.als import AlternatingLeastSquares
from serve import serve

state = {}


def load(name, members, titles):
    indptr = np.fromfile(name + ".indptr", np.int32)
    indices = np.fromfile(name + ".indices", np.int32)
    values = np.fromfile(name + ".values", np.float32)
    state["matrix"] = sparse.csr_matrix((values, indices, indptr), shape=(members, titles))
    return {"entries": len(values)}


def fit(factors, iterations, regularization, threads):
    model = AlternatingLeastSquares(
        factors=factors, iterations=iterations, regularization=regularization, alpha=1.0,
        use_cg=True, num_threads=threads, random_state=1,
    )
    start = time.perf_counter()
    model.fit(state["matrix"], show_progress=False)
    seconds = time.perf_counter() - start
    state["model"] = model
    return {"seconds": seconds, "loss": loss_of(model.user_factors, model.item_factors, regularization)}


def loss(rows, columns, factors, regularization):
    x = np.fromfile(rows, np.float32).reshape(-1, factors)
    y = np.fromfile(columns, np.float32).reshape(-1, factors)
    return {"loss": loss_of(x, y, regularization)}


def loss_of(x, y, regularization):
    """Hu, Koren and Volinsky's loss: sum of c (p - x.y)^2 over all places, c = 1 and p = 0 where there is no entry."""
    matrix = state["matrix"]
    x = x.astype(np.float64)
    y = y.astype(np.float64)
    total = np.sum((x.T @ x) * (y.T @ y)) + regularization * (np.sum(x * x) + np.sum(y * y))
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    for start in range(0, matrix.nnz, 1_000_000):
        part = slice(start, start + 1_000_000)
        predicted = np.einsum("ij,ij->i", x[row[part]], y[matrix.indices[part]])
        total += np.sum(matrix.data[part] * (1 - predicted) ** 2 - predicted**2)
    return float(total)


def recommend(k, threads):
    model = state["model"]
    model.num_threads = threads
    start = time.perf_counter()
    members = np.arange(state["matrix"].shape[0])
    for first in range(0, len(members), 10_000):
        some = members[first : first + 10_000]
        model.recommend(some, state["matrix"][some], N=k, filter_already_liked_items=True)
    return {"seconds": time.perf_counter() - start}


serve(load=load, fit=fit, loss=loss, recommend=recommend)
