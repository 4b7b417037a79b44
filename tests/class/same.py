#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether two databases of results are the same, times aside:  same.py A B"""
import sys

from classes import dump

left, right = (dump(path) for path in sys.argv[1:])
for one, other in zip(left, right):
    if one != other:
        sys.exit(f"{sys.argv[1]} has {one}\n{sys.argv[2]} has {other}")
if len(left) != len(right):
    sys.exit(f"{len(left)} rows, and {len(right)}")
print(f"{len(left)} rows, the same")
