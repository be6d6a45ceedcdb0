#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Agreement of two coders on a source: Cohen's kappa for each code, by code points. Of N code
points A has coded a, B b; they agree on those that both coded and those that neither did. That is
O; by chance it would be E = (a b + (N - a)(N - b)) / N, and kappa = (O - E) / (N - E). Where E is N
(both coded all of it, or neither any) kappa is 1. A code that is an aggregate has the passages of
its direct children too. A coder may be several people: --a ada,ben.

    agreement.py events.ndjson --source ID --a ada --b ben --picture agreement.png"""

import sys

import pandas

import qualog_events


def kappa(length, a, b, both):
    """From the code points in all, and those that A, B and both have coded."""
    observed = both + (length - a - b + both)
    expected_times_n = a * b + (length - a) * (length - b)
    if expected_times_n == length * length:
        return 1.0
    return (observed * length - expected_times_n) / (length * length - expected_times_n)


def per_code(project, source_id, coders_a, coders_b):
    """A frame by code that A or B has put on the source."""
    length = next((s["length"] for s in project.sources if s["source_id"] == source_id), None)
    if length is None:
        sys.exit(f"{source_id}: no source with a text")
    rows = []
    for code in project.codes:
        codes = {code["code_id"]}
        if code["aggregate"]:
            codes |= {c["code_id"] for c in project.codes if c["parent_id"] == code["code_id"]}
        in_a, in_b = (project.passages(source_id, coders, codes) for coders in (coders_a, coders_b))
        if not in_a and not in_b:
            continue
        a, b = qualog_events.length_of(in_a), qualog_events.length_of(in_b)
        both = a + b - qualog_events.length_of(in_a + in_b)
        rows.append({"code": code["name"], "both": both, "only_a": a - both, "only_b": b - both,
                     "neither": length - a - b + both,
                     "agreement": round(1 - (a + b - 2 * both) / length, 4),
                     "kappa": round(kappa(length, a, b, both), 4)})
    columns = ["code", "both", "only_a", "only_b", "neither", "agreement", "kappa"]
    return pandas.DataFrame(rows, columns=columns).set_index("code")


def check_coders(project, coders):
    """A name that is misspelt would have a kappa of 0."""
    known = {coding["coder"] for coding in project.codings}
    for coder in coders:
        if coder not in known:
            sys.exit(f"{coder}: has coded nothing; coders are: " + " ".join(sorted(known)))


def draw(frame, path):
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(7, 2.6), layout="constrained")
    bars = axes.barh(frame.index, frame["kappa"], color="#9bbfd9")
    axes.bar_label(bars, [f"{value:.2f}" for value in frame["kappa"]], padding=3)
    axes.set_xlim(min(0, frame["kappa"].min()), 1.12)
    axes.set_xlabel("Cohen's kappa")
    axes.invert_yaxis()
    figure.savefig(path)


def main():
    parser = qualog_events.arguments(__doc__)
    parser.add_argument("--source", metavar="ID", required=True)
    parser.add_argument("--a", metavar="CODERS", required=True)
    parser.add_argument("--b", metavar="CODERS", required=True)
    given = parser.parse_args()
    project, coders_a, coders_b = (qualog_events.chosen(given), given.a.split(","),
                                   given.b.split(","))
    if not given.until:
        check_coders(project, coders_a + coders_b)
    frame = per_code(project, given.source, coders_a, coders_b)
    frame.to_csv(sys.stdout)
    if given.picture:
        draw(frame, given.picture)


if __name__ == "__main__":
    main()
