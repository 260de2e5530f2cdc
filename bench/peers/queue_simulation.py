"""A pool of servers with one queue, as one writes it in Python: a heap of the times at which servers are free."""

import time
from heapq import heapreplace

import numpy as np
from serve import serve

generator = np.random.default_rng(1)


def simulate(requests, rate, service, servers):
    start = time.perf_counter()
    arrivals = np.cumsum(generator.exponential(1 / rate, requests)).tolist()
    services = generator.exponential(service, requests).tolist()
    free = [0.0] * servers
    responses = np.empty(requests)
    for i in range(requests):
        now = arrivals[i]
        done = max(free[0], now) + services[i]
        heapreplace(free, done)
        responses[i] = done - now
    p99 = float(np.quantile(responses, 0.99))
    return {"per_second": requests / (time.perf_counter() - start), "p99": p99}


serve(simulate=simulate)
