# SPDX-License-Identifier: Apache-2.0
"""Where a passage stands after its source was edited: the rule of docs/re-anchoring.md. A range is
(begin, end, detached); a splice (position, deleted, inserted), in the text before the edit."""


def inverse(splices):
    """The edit that takes the text back."""
    made, old_end, new_end = [], 0, 0
    for position, deleted, inserted in splices:
        at = new_end + position - old_end
        made.append((at, inserted, deleted))
        old_end, new_end = position + deleted, at + inserted
    return made


def _steps(splices):
    """Each splice as (begin, end, new_begin, new_end), behind one that does nothing at 0."""
    steps = [(0, 0, 0, 0)]
    for position, deleted, inserted in splices:
        _, end, _, new_end = steps[-1]
        at = new_end + position - end
        steps.append((position, position + deleted, at, at + inserted))
    return steps


def _moved_begin(steps, begin):
    front = steps[0]
    for step in steps[1:]:
        if step[0] < begin or step[0] == step[1] == begin:
            front = step
    return front[3] + max(0, begin - front[1])


def _moved_end(steps, end):
    front = steps[0]
    for step in steps[1:]:
        is_before = step[1] < end if step[0] == step[1] else step[1] <= end
        if not is_before:
            return step[2] if step[0] < end else front[3] + end - front[1]
        front = step
    return front[3] + end - front[1]


def _is_deleted(steps, position):
    return any(begin <= position < end for begin, end, _, _ in steps)


def mapped(splices, passage):
    """The range in the text after the edit; detached when nothing of it is left."""
    begin, end, detached = passage
    steps = _steps(splices)

    def as_place(is_detached):
        place = _moved_end(steps, begin)
        return place, place + end - begin, is_detached
    if detached:
        return as_place(True)
    if begin == end:
        return as_place(begin > 0 and _is_deleted(steps, begin - 1) and _is_deleted(steps, begin))
    new_begin, new_end = _moved_begin(steps, begin), _moved_end(steps, end)
    return (new_begin, new_end, False) if new_begin < new_end else as_place(True)


def moved(splices, passage, kept=None):
    """The range after an edit, and what an undo of the edit needs to give it back, (before, after)
    or None. `kept` is what the edit left that this one takes back."""
    unchanged = kept is not None and kept[1] == passage
    now = kept[0] if unchanged else mapped(splices, passage)
    comes_back = mapped(inverse(splices), now) == passage
    return now, None if comes_back else (passage, now)
