"""Windowed features of card payments by pandas rolling windows and by NumPy's sort and search; both look strictly before the payment."""

import time

import numpy as np
import pandas as pd
from serve import serve

DAYS = (1, 7, 30)
DELAY = 7
state = {}


def load(path):
    columns = ["TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID", "TX_AMOUNT", "TX_FRAUD", "TRANSACTION_ID"]
    state["frame"] = pd.read_parquet(path, columns=columns).sort_values(["TX_DATETIME", "TRANSACTION_ID"])


def total(columns):
    return float(sum(np.nansum(np.asarray(column, np.float64)) for column in columns))


def by_pandas():
    start = time.perf_counter()
    frame = state["frame"]
    columns = []
    for key, value, delay in (("CUSTOMER_ID", "TX_AMOUNT", 0), ("TERMINAL_ID", "TX_FRAUD", DELAY)):
        groups = frame.set_index("TX_DATETIME").groupby(key)[value]
        late = None
        if delay:
            window = groups.rolling(f"{delay}D", closed="left")
            late = window.count().fillna(0), window.sum().fillna(0)
        for days in DAYS:
            window = groups.rolling(f"{days + delay}D", closed="left")
            count, amount = window.count().fillna(0), window.sum().fillna(0)
            if late is not None:
                count, amount = count - late[0], amount - late[1]
            columns += [count, amount / count.where(count > 0)]
    return {"seconds": time.perf_counter() - start, "total": total(columns)}


def by_numpy():
    start = time.perf_counter()
    frame = state["frame"]
    seconds = frame["TX_DATETIME"].to_numpy().astype("datetime64[s]").astype(np.int64)
    seconds = seconds - seconds[0]
    span = 400 * 86_400
    columns = []
    for key, value, delay in (("CUSTOMER_ID", "TX_AMOUNT", 0), ("TERMINAL_ID", "TX_FRAUD", DELAY)):
        keys = frame[key].to_numpy().astype(np.int64)
        place = (keys + 1) * span + seconds
        order = np.argsort(place, kind="stable")
        places = place[order]
        sums = np.concatenate(([0.0], np.cumsum(frame[value].to_numpy().astype(np.float64)[order])))
        until = np.searchsorted(places, places - delay * 86_400)
        for days in DAYS:
            first = np.searchsorted(places, places - (days + delay) * 86_400)
            count = until - first
            mean = np.divide(sums[until] - sums[first], count, out=np.full(len(count), np.nan), where=count > 0)
            both = np.empty((2, len(count)))
            both[:, order] = count, mean
            columns += [both[0], both[1]]
    return {"seconds": time.perf_counter() - start, "total": total(columns)}


serve(load=load, pandas=by_pandas, numpy=by_numpy)
