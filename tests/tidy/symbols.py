#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""decide and fold are pure, and so are rows for analytics: the objects of projector (without its
LMDB environment), of decide, of the rules and of replay/stream need no symbol of a clock, a random
source, a socket, a file or a thread. Asks nm; what the compiler put there counts, not what the
source seems to say."""

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

# Objects by folder of the build, and the ones that are the edge itself.
PURE_FOLDERS = ("projector", "engine", "replay/stream")
PURE = re.compile(r"projector/.*|replay/stream/.*"
                  r"|engine/CMakeFiles/qualog_engine\.dir/(decide|rules/.*)\.cc\.o")
EDGE = re.compile(r"projector/CMakeFiles/qualog_projector\.dir/(lmdb|state)/.*")


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


def pure_objects(build):
    for folder in PURE_FOLDERS:
        for found in sorted((build / folder).rglob("*.o")):
            name = found.relative_to(build).as_posix()
            if PURE.fullmatch(name) and not EDGE.fullmatch(name):
                yield name, found


def check(build):
    objects = list(pure_objects(build))
    found = []
    for name, file in objects:
        output = subprocess.run(["nm", "-u", str(file)], capture_output=True, text=True, check=True)
        found += problems(name, output.stdout)
    parts = ("qualog_projector", "qualog_text", "qualog_engine", "qualog_stream")
    missing = [part for part in parts
               if not any(part + ".dir" in name for name, _ in objects)]
    found += [f"{part}: no object was found; build it first" for part in missing]
    return len(objects), found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    count, found = check(parser.parse_args().build)
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{count} objects looked at")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
