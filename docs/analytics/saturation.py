#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""New codes per day: the saturation curve. A team is saturated when it goes on coding and finds
little that needs a new code. Counts the codes that stand now, on the day each was made: what was
undone, deleted or merged was no new idea. Codes that cannot be applied are folders and none either.

    saturation.py events.ndjson --picture saturation.png"""

import sys

import pandas

import qualog_events


def per_day(project):
    """A frame by day, days of rest too: new codes, codes so far, new codings."""
    codes, _, codings = project.frames()
    codes = codes[(codes["kind"] == "code") & codes["codable"]]
    days = [pandas.to_datetime(frame["at"]).dt.floor("D") for frame in (codes, codings)]
    frame = pandas.DataFrame({"new_codes": days[0].value_counts(),
                              "new_codings": days[1].value_counts()})
    frame = frame.resample("D").sum().fillna(0).astype(int)
    frame.insert(1, "codes", frame["new_codes"].cumsum())
    frame.index = frame.index.strftime("%Y-%m-%d")
    return frame.rename_axis("day")


def draw(frame, path):
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(7, 3.2), layout="constrained")
    axes.bar(frame.index, frame["new_codings"], color="#e6e6e6", label="new codings")
    axes.bar(frame.index, frame["new_codes"], color="#9bbfd9", width=0.5, label="new codes")
    axes.step(frame.index, frame["codes"], where="mid", color="#1f4e79", label="codes so far")
    axes.tick_params(axis="x", rotation=45)
    axes.legend()
    figure.savefig(path)


def main():
    given = qualog_events.arguments(__doc__).parse_args()
    frame = per_day(qualog_events.chosen(given))
    frame.to_csv(sys.stdout)
    if given.picture:
        draw(frame, given.picture)


if __name__ == "__main__":
    main()
