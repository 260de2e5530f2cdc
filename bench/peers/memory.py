"""How fast one thread reads memory: the inner product of two arrays far larger than any cache (OpenBLAS, one thread)."""

import time

import numpy as np
from serve import serve

ELEMENTS = 64_000_000
a = np.ones(ELEMENTS, np.float32)
b = np.ones(ELEMENTS, np.float32)


def read():
    start = time.perf_counter()
    np.dot(a, b)
    seconds = time.perf_counter() - start
    return {"bytes_per_second": (a.nbytes + b.nbytes) / seconds}


serve(read=read)
