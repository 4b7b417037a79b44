#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Proves the spec of an assignment with its reference and its twins, each once: none survives.

    twins.py SOCKGRADE PROJECT ASSIGNMENT [--each N]

With --each, only every N-th twin is looked at.
"""
import argparse
import os
import pathlib
import re
import sys

parser = argparse.ArgumentParser()
parser.add_argument("sockgrade")
parser.add_argument("project", type=pathlib.Path)
parser.add_argument("assignment")
parser.add_argument("--each", type=int, default=1)
options = parser.parse_args()

text = (options.project / f"reference/{options.assignment}.twins.yaml").read_text(encoding="utf-8")
names = re.findall(r"^  ([\w-]+):$", text.partition("\ntwins:\n")[2], re.M)
if len(names) < 8:
    sys.exit(f"only {len(names)} twins are found of {options.assignment}")
chosen = []  # none is named where all are meant: there may be more than an option can be repeated
if options.each > 1:
    chosen = [word for name in names[::options.each] for word in ("--twin", name)]
spec = options.project / f"specs/{options.assignment}.yaml"
os.execv(options.sockgrade, [options.sockgrade, "spec", "prove", spec, "--repeat", "1", *chosen])
