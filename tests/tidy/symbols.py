#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""decide and fold are pure, and so are rows for analytics: the libraries projector, text, rules and
stream need no symbol of a clock, a random source, a socket, a file or a thread. Asks nm; what the
compiler put there counts, not what the source seems to say."""

import argparse
import pathlib
import re
import subprocess
import sys

IMPURE = {
    "a clock": r"clock_gettime|gettimeofday|time|localtime(_r)?|gmtime(_r)?|mktime|strftime"
               r"|_ZNSt6chrono3_V2\w*clock3nowEv",
    "a random source": r"s?rand(_r)?|s?random|getrandom|getentropy|arc4random\w*|RAND_\w+"
                       r"|_ZNSt13random_device\w*",
    "a socket": r"socket|connect|bind|listen|accept4?|send(to|msg)?|recv(from|msg)?|getaddrinfo",
    "a file": r"open(at)?(64)?|creat|fopen(64)?|fdopen|read|write|pread(64)?|pwrite(64)?|unlink"
              r"|rename|mkdir|stat(64)?|fsync|fdatasync|mmap(64)?|_ZN?K?St10filesystem\w*"
              r"|_ZNSt13basic_filebuf\w*|_ZNSt14basic_[io]fstream\w*|_ZNSt13basic_fstream\w*",
    "a thread": r"pthread_create|_ZNSt6thread\w*|_ZNSt18condition_variable\w*|pthread_cond_\w+",
    "the environment": r"(secure_)?getenv|setlocale|_ZNSt6locale\w*|uselocale|system|popen|fork",
}

# Libraries, by folder of the build.
PURE = {"qualog_projector": "projector", "qualog_text": "projector/text",
        "qualog_rules": "engine", "qualog_stream": "replay/stream"}


def impurity(symbol):
    name = symbol.split("@")[0]
    return next((what for what, pattern in IMPURE.items() if re.fullmatch(pattern, name)), None)


def undefined_symbols(nm_output):
    return [line.split()[-1] for line in nm_output.splitlines() if re.search(r"\b[Uwv] \S+$", line)]


def problems(name, nm_output):
    for symbol in undefined_symbols(nm_output):
        what = impurity(symbol)
        if what:
            yield f"{name}: needs {what}: {symbol}; hand it in through the context"


def check(build):
    """How many libraries were looked at, and what was found."""
    found = []
    for library, folder in PURE.items():
        archive = build / folder / f"lib{library}.a"
        if not archive.exists():
            found.append(f"{library}: there is no {archive}; build it first")
            continue
        output = subprocess.run(["nm", "-u", str(archive)], capture_output=True, text=True,
                                check=True)
        found += problems(library, output.stdout)
    return len(PURE), found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    count, found = check(parser.parse_args().build)
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{count} libraries looked at")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
