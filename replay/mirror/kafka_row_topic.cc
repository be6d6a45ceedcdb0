// SPDX-License-Identifier: Apache-2.0
#include "replay/mirror/kafka_row_topic.h"

#include <map>

namespace qualog::mirror {

Result<std::unique_ptr<KafkaRowTopic>> KafkaRowTopic::open(const log::KafkaStreamPlan& plan) {
  QUALOG_ASSIGN(auto stream, log::KafkaStream::open(plan));
  return std::unique_ptr<KafkaRowTopic>(new KafkaRowTopic(std::move(stream)));
}

Result<void> KafkaRowTopic::send(const stream::Message& row) {
  return stream_->send(row.key, row.headers, row.value);
}

Result<void> KafkaRowTopic::keep(const std::vector<Cursor>& cursors) {
  QUALOG_TRY(stream_->flush());
  for (const auto& cursor : cursors)
    QUALOG_TRY(stream_->note(cursor.project.text(), text_of(cursor)));
  return {};
}

Result<std::vector<Cursor>> KafkaRowTopic::cursors() {
  QUALOG_ASSIGN(const auto notes, stream_->notes());
  std::map<ProjectId, Cursor> newest;
  for (const auto& note : notes) {
    QUALOG_ASSIGN(const auto cursor, parse_cursor(note));
    newest[cursor.project] = cursor;
  }
  std::vector<Cursor> found;
  for (const auto& [project, cursor] : newest) found.push_back(cursor);
  return found;
}

}  // namespace qualog::mirror
