"""LightGBM on the tree benchmarks' data: training, scoring a batch on one thread, scoring one row through its C API, ranking."""

import ctypes
import resource
import time

import lightgbm
import numpy as np
from lightgbm.basic import _LIB
from serve import serve

COMMON = {"num_leaves": 31, "max_bin": 255, "learning_rate": 0.1, "verbose": -1}
state = {}


def load(file, features, train):
    columns = np.fromfile(file, np.float32).reshape(features + 1, -1)
    x, y = np.ascontiguousarray(columns[:features].T), columns[features]
    state.update(x=x[:train], y=y[:train], test_x=x[train:], test_y=y[train:])


def train(trees, threads):
    parameters = {**COMMON, "objective": "binary", "num_threads": threads}
    start = time.perf_counter()
    data = lightgbm.Dataset(state["x"], state["y"], params=parameters).construct()
    binned = time.perf_counter()
    state["model"] = lightgbm.train(parameters, data, trees)
    end = time.perf_counter()
    return {"binning": binned - start, "seconds": end - start, "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def auc():
    from sklearn.metrics import roc_auc_score

    return {"auc": roc_auc_score(state["test_y"], state["model"].predict(state["test_x"]))}


def score_batch():
    start = time.perf_counter()
    state["model"].predict(state["test_x"], raw_score=True, num_threads=1)
    return {"rows_per_second": len(state["test_x"]) / (time.perf_counter() - start)}


def score_single(rows):
    """Microseconds for one row: the fast single-row call of the C API, the loop in Python taken off."""
    x = np.ascontiguousarray(state["test_x"][:rows], dtype=np.float64)
    columns = x.shape[1]
    config, length, result = ctypes.c_void_p(), ctypes.c_int64(), (ctypes.c_double * 1)()
    handle = state["model"]._handle
    _LIB.LGBM_BoosterPredictForMatSingleRowFastInit(
        handle, ctypes.c_int(1), ctypes.c_int(0), ctypes.c_int(-1), ctypes.c_int(1), ctypes.c_int32(columns),
        ctypes.c_char_p(b"num_threads=1"), ctypes.byref(config),
    )
    call, reference = _LIB.LGBM_BoosterPredictForMatSingleRowFast, ctypes.byref(length)
    pointers = [ctypes.c_void_p(x.ctypes.data + row * columns * 8) for row in range(rows)]
    start = time.perf_counter()
    for pointer in pointers:
        call(config, pointer, reference, result)
    full = time.perf_counter() - start
    nothing = _LIB.LGBM_GetMaxThreads
    threads = ctypes.byref(ctypes.c_int())
    start = time.perf_counter()
    for pointer in pointers:
        nothing(threads)
    empty = time.perf_counter() - start
    return {"microseconds": (full - empty) / rows * 1e6}


def rank(trees, threads, per_query):
    from sklearn.metrics import ndcg_score

    sizes = [per_query] * (len(state["x"]) // per_query)
    parameters = {**COMMON, "objective": "lambdarank", "num_threads": threads}
    start = time.perf_counter()
    data = lightgbm.Dataset(state["x"], state["y"], group=sizes, params=parameters).construct()
    model = lightgbm.train(parameters, data, trees)
    seconds = time.perf_counter() - start
    scores = model.predict(state["test_x"]).reshape(-1, per_query)
    gains = 2 ** state["test_y"].reshape(-1, per_query) - 1
    judged = gains.max(axis=1) > 0
    return {"seconds": seconds, "ndcg": ndcg_score(gains[judged], scores[judged], k=10)}


serve(load=load, train=train, auc=auc, score_batch=score_batch, score_single=score_single, rank=rank)
