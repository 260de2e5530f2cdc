"""The same reading of an experiment by pandas and SciPy: rows added up by unit, Welch's test between the arms."""

import time

import pandas as pd
from scipy import stats
from serve import serve


def analyze(path):
    start = time.perf_counter()
    rows = pd.read_parquet(path) if path.endswith(".parquet") else pd.read_csv(path, engine="pyarrow")
    units = rows.groupby("unit", sort=False).agg(arm=("arm", "first"), arms=("arm", "nunique"), value=("value", "sum"))
    units = units[units.arms == 1]
    control = units.loc[units.arm == "control", "value"]
    treated = units.loc[units.arm == "treatment", "value"]
    stats.ttest_ind(treated, control, equal_var=False)
    return {"seconds": time.perf_counter() - start, "effect": treated.mean() - control.mean()}


serve(analyze=analyze)
