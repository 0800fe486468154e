"""Evidently's data drift report on two files: the peer of drift-once.ts. usage: python evidently_drift.py BASE HEAD"""
import sys

import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

base, head = (pd.read_csv(path) for path in sys.argv[1:3])
result = Report([DataDriftPreset()]).run(head, base)
print(len(result.dict()["metrics"]))
