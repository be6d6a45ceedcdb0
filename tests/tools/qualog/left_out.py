# SPDX-License-Identifier: Apache-2.0
"""Which tests say nothing where logs lie on Kafka, and why."""

SEGMENTS = "hurts the segment files, which are not there; bad_cluster_test hurts topics"
LEFT_OUT = {
    "bad_usage_test.Files.test_a_data_directory_that_somebody_has_hurt": SEGMENTS,
    "contract_test.Shapes.test_verify": SEGMENTS,
    "contract_test.Apply.test_ST_2_a_full_disk_is_answered_and_every_command_ends_at_one":
        "fills the disk with the log",
    "history_test.Events.test_of_a_damaged_log_what_came_before_is_shown": SEGMENTS,
    "usage_test.WithData.test_a_damaged_log_is_refused": SEGMENTS,
}


def reason(test):
    return LEFT_OUT.get(test)
