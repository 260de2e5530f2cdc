"""HNSW as in hnswlib: building and searching with one thread, and the exact answers to measure recall by."""

import os
import time

import hnswlib
import numpy as np
from serve import serve

state = {}


def load(vectors, queries, dimensions):
    state["vectors"] = np.fromfile(vectors, np.float32).reshape(-1, dimensions)
    state["queries"] = np.fromfile(queries, np.float32).reshape(-1, dimensions)
    return {}


def build(links, construction, file):
    vectors = state["vectors"]
    index = hnswlib.Index(space="ip", dim=vectors.shape[1])
    index.set_num_threads(1)
    start = time.perf_counter()
    if os.path.exists(file):
        index.load_index(file, max_elements=len(vectors))
    else:
        index.init_index(max_elements=len(vectors), M=links, ef_construction=construction, random_seed=1)
        index.add_items(vectors, num_threads=1)
        index.save_index(file)
    state["index"] = index
    return {"seconds": time.perf_counter() - start}


def exact(k):
    found = []
    for start in range(0, len(state["queries"]), 50):
        scores = state["queries"][start : start + 50] @ state["vectors"].T
        found.extend(set(row) for row in np.argpartition(-scores, k, axis=1)[:, :k])
    state["exact"] = found
    return {}


def search(k, effort):
    index = state["index"]
    index.set_ef(int(effort))
    start = time.perf_counter()
    found, _ = index.knn_query(state["queries"], k=k, num_threads=1)
    seconds = time.perf_counter() - start
    hits = sum(len(truth & set(row)) for truth, row in zip(state["exact"], found))
    return {"queries_per_second": len(found) / seconds, "recall": hits / (len(found) * k)}


serve(load=load, build=build, exact=exact, search=search)
