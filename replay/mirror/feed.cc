// SPDX-License-Identifier: Apache-2.0
#include "replay/mirror/feed.h"

#include <algorithm>
#include <array>

namespace qualog::mirror {

namespace {

// Whoever may read is decided by members and by guest access.
bool changes_access(const stream::Row& row) {
  static constexpr std::array<std::string_view, 2> kBegin = {"member.", "project.guest_access"};
  const std::string_view type = row.at(stream::Col::Type).get_string();
  return std::any_of(kBegin.begin(), kBegin.end(),
                     [&](std::string_view begin) { return type.starts_with(begin); });
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

// A project that has moved into a new generation has the same events elsewhere: it is read from its
// beginning, once.
Result<replay::HistoryEnd> Feed::read_on(const replay::VisitStored& visit) {
  const replay::HistoryRange unsent{.first = Sequence{cursor_.sequence.value + 1}};
  auto end = history_.read_on(unsent, visit);
  if (end || end.error().code != Code::not_found || history_.read_to() == log::Place{}) return end;
  history_ = replay::History(place_);
  return history_.read_on(unsent, visit);
}

}  // namespace qualog::mirror
