// SPDX-License-Identifier: Apache-2.0
#include "replay/mirror/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace qualog::mirror {

namespace {

// Whoever may read is decided by members and by guest access; an undo may take either back, and a
// redo an undo.
bool changes_access(const stream::Row& row) {
  static constexpr std::array<std::string_view, 4> kBegin = {"member.", "project.guest_access",
                                                             "undo.", "redo."};
  const std::string_view type = row.at(stream::Col::Type).get_string();
  return std::any_of(kBegin.begin(), kBegin.end(),
                     [&](std::string_view begin) { return type.starts_with(begin); });
}

// The place in a cursor is of the log that the project had then. It may have moved into another
// since, with the same events elsewhere; or it was put back from a backup, and has fewer.
bool is_elsewhere(const Error& error) {
  return error.code == Code::not_found || error.code == Code::damaged;
}

Error gap(Sequence wanted, Sequence found) {
  return fail(Code::damaged, fmt::format("event {} comes where {} should be; run qualog verify",
                                         found.value, wanted.value));
}

Error shorter(Sequence sent, Sequence last) {
  return fail(
      Code::damaged,
      fmt::format("rows up to event {} were sent, and the log ends with {}; was it put back "
                  "from a backup? docs/stream.md says what to do",
                  sent.value, last.value));
}

}  // namespace

Feed::Feed(engine::ProjectPlace place, stream::RowProjector rows, const Cursor& from)
    : place_(std::move(place)),
      rows_(std::move(rows)),
      cursor_(from),
      history_(place_, from.place) {}

Result<Fed> Feed::send_on(RowTopic& topic) {
  Fed fed;
  std::optional<Error> refused;
  const auto end = read_on([&](const replay::Stored& item) -> Result<bool> {
    const Sequence next{cursor_.sequence.value + 1};
    if (item.sequence != next) return gap(next, item.sequence);
    QUALOG_ASSIGN(const auto row, rows_.row(item.bytes));
    if (const auto sent = topic.send(stream::message_of(row)); !sent) {
      refused = sent.error();
      return sent.error();
    }
    cursor_.sequence = item.sequence;
    fed.access_changed = changes_access(row);
    return ++fed.rows < kRowsInTurn && !fed.access_changed;
  });
  if (refused) return *refused;
  cursor_.place = history_.read_to();
  if (end)
    fed.end = *end;
  else
    fed.trouble = end.error();
  return fed;
}

Result<replay::HistoryEnd> Feed::read_on(const replay::VisitStored& visit) {
  const auto sent = cursor_.sequence;
  const replay::HistoryRange unsent{.first = Sequence{sent.value + 1}};
  auto end = history_.read_on(unsent, visit);
  const bool sent_some = cursor_.sequence != sent;
  if (end || sent_some || !is_elsewhere(end.error()) || cursor_.place == log::Place{}) return end;
  history_ = replay::History(place_);
  end = history_.read_on(unsent, visit);
  if (end && history_.last() < sent) return shorter(sent, history_.last());
  return end;
}

}  // namespace qualog::mirror
