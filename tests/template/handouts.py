#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The points that docs/handouts promise are those that the specs give.

    handouts.py SOCKGRADE

A row of a handout's table is one group of cases, or several; each group is in one row.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROLES = {"server", "client"}


def groups_of(sockgrade, assignment):
    """Of each role, what its groups of cases are worth: `sockgrade list` says it."""
    listed = subprocess.run([sockgrade, "list", assignment, "--lang", "en"], capture_output=True, text=True, timeout=60,
                            check=True).stdout
    roles = {}
    for line in listed.splitlines():
        group = re.fullmatch(r"  \S.*  ([\d.]+)", line)
        if line in ROLES:
            roles[line] = current = []
        elif group:
            current.append(float(group[1]))
    return roles


def cells(line):
    return [cell.strip().removeprefix("the ") for cell in line.strip().strip("|").split("|")]


def tables_of(page):
    """The tables of points: of each role ("" where the table does not say it) the numbers."""
    for table in re.findall(r"^\|.*\n\|[-|]+\|\n(?:\|.*\n?)+", page.read_text(encoding="utf-8"), re.M):
        heading, _, *rows = map(cells, table.splitlines())
        columns = {}
        for at, name in enumerate(heading):
            if name in {"points", "poin"}:
                columns[heading[at - 1] if heading[at - 1] in ROLES else ""] = at
            elif name in ROLES and heading[at + 1:at + 2] not in (["points"], ["poin"]):
                columns[name] = at
        yield {role: [float(row[at]) for row in rows if row[at]] for role, at in columns.items()}


def are_made_of(rows, groups):
    """Whether each of `groups` can be put into one of `rows` such that all rows come to their numbers."""
    if not groups:
        return all(abs(row) < 0.001 for row in rows)
    return any(are_made_of(rows[:at] + [row - groups[0]] + rows[at + 1:], groups[1:])
               for at, row in enumerate(rows) if row - groups[0] > -0.001)


def faults_of(page, roles):
    promised = {}
    for table in tables_of(page):
        for role, rows in table.items():
            promised[role or next(iter(roles))] = rows
    if not promised:
        return
    if promised.keys() != roles.keys():
        yield f"{page.name} has points of {sorted(promised)}, the spec of {sorted(roles)}"
        return
    for role, rows in promised.items():
        if not are_made_of(rows, sorted(roles[role], reverse=True)):
            yield f"{page.name} promises {rows} for the {role}, and the groups are worth {roles[role]}"


def main():
    faults = []
    pages = sorted(ROOT.glob("docs/handouts/*.md"))
    with_points = 0
    for page in pages:
        assignment = page.name.partition(".")[0]
        with_points += any(tables_of(page))
        faults += faults_of(page, groups_of(sys.argv[1], assignment))
    print(*faults, f"{with_points} of {len(pages)} handouts with points, {len(faults)} mistakes", sep="\n")
    return bool(faults) or not with_points


sys.exit(main())
