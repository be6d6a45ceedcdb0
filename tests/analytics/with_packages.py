#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a test with the packages of docs/analytics/requirements.txt, which `./dev venv` puts into
build/venv: with_packages.py SCRIPT ARGUMENTS. Where they are not there it ends with 77, which ctest
counts as skipped. Standard library only."""

import os
import subprocess
import sys

SKIPPED = 77
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def main(*command):
    python = os.path.join(ROOT, "build", "venv", "bin", "python3")
    wanted = [python, "-c", "import duckdb, jsonschema, matplotlib, numpy, pandas"]
    if not os.path.exists(python) or subprocess.run(wanted, check=False).returncode != 0:
        print("skipped: the packages of docs/analytics/requirements.txt are not there; ./dev venv")
        return SKIPPED
    os.execv(python, [python, "-B", *command])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
