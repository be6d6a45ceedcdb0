#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Work per coder, in SQL: DuckDB reads the folded frames by their names. Codings that stand, the
code points in them, codes made, and on how many days somebody did anything at all.

    work.py events.ndjson --picture work.png"""

import sys

import duckdb
import pandas

import qualog_events

PER_CODER = """
    with coded as (
        select coder, count(*) as codings,
               sum(if(whole, length, "end" - "begin")) as code_points
        from codings join sources using (source_id) where not detached group by coder),
    made as (select actor_id as coder, count(*) as codes from codes group by coder),
    acted as (select actor_id as coder, count(distinct left("at", 10)) as days
        from events group by coder)
    select coder, coalesce(codings, 0) as codings, coalesce(code_points, 0) as code_points,
           coalesce(codes, 0) as codes, coalesce(days, 0) as days
    from coded full join made using (coder) full join acted using (coder)
    order by coder"""


def per_coder(project):
    codes, sources, codings = project.frames()
    events = pandas.DataFrame(project.rows)
    codings[["begin", "end"]] = codings[["begin", "end"]].astype("Int64")
    frame = duckdb.sql(PER_CODER).df().set_index("coder")
    return frame.astype({"code_points": int})


def draw(frame, path):
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(1, 2, figsize=(7, 2.6), layout="constrained")
    for half, column, title in zip(axes, ("codings", "code_points"), ("codings", "code points")):
        half.bar_label(half.bar(frame.index, frame[column], color="#9bbfd9"))
        half.set_title(title)
        half.margins(y=0.15)
    figure.savefig(path)


def main():
    given = qualog_events.arguments(__doc__).parse_args()
    frame = per_coder(qualog_events.chosen(given))
    frame.to_csv(sys.stdout)
    if given.picture:
        draw(frame, given.picture)


if __name__ == "__main__":
    main()
