// SPDX-License-Identifier: Apache-2.0
#include "replay/mirror/mirror.h"

#include <fmt/format.h>

namespace qualog::mirror {

namespace {

std::string words_of(const RowKind& kind) {
  return fmt::format("{} text, {} pseudonyms", kind.with_text ? "with" : "without",
                     kind.pseudonyms ? "with" : "without");
}

}  // namespace

Mirror::Mirror(RowTopic& topic, RowKind kind, Admit admit, Trouble trouble)
    : topic_(topic), kind_(kind), admit_(std::move(admit)), trouble_(std::move(trouble)) {}

Result<void> Mirror::begin() {
  QUALOG_ASSIGN(const auto found, topic_.cursors());
  for (const auto& cursor : found) {
    QUALOG_TRY(check_kind(cursor));
    cursors_[cursor.project] = cursor;
  }
  return {};
}

Result<void> Mirror::check_kind(const Cursor& cursor) const {
  if (cursor.kind == kind_) return {};
  return fail(Code::invalid,
              fmt::format("topic {}: the rows of project {} there are {}; go on so, or mirror into "
                          "another topic",
                          topic_.name(), cursor.project.text(), words_of(cursor.kind)));
}

void Mirror::take_up(const engine::ProjectPlace& place) {
  if (feeds_.contains(place.id)) return;
  const auto [known, fresh] =
      cursors_.try_emplace(place.id, Cursor{.project = place.id, .kind = kind_});
  auto rows = admit_(place);
  if (rows)
    feeds_.try_emplace(place.id, place, std::move(*rows), known->second);
  else
    trouble_(place, rows.error());
}

void Mirror::leave_out(const engine::ProjectPlace& place, const Error& why) {
  const auto left = place;
  feeds_.erase(place.id);
  trouble_(left, why);
}

Result<Turn> Mirror::turn() {
  Turn turn;
  std::vector<Cursor> moved;
  std::vector<std::pair<engine::ProjectPlace, Error>> troubles;
  std::vector<ProjectId> gone;
  for (auto& [project, feed] : feeds_) {
    QUALOG_ASSIGN(const auto fed, feed.send_on(topic_));
    turn.rows += fed.rows;
    turn.more = turn.more || fed.end == replay::HistoryEnd::enough;
    if (fed.rows > 0) moved.push_back(feed.cursor());
    if (fed.trouble) troubles.emplace_back(feed.place(), *fed.trouble);
    if (fed.end == replay::HistoryEnd::moved) gone.push_back(project);
    if (fed.access_changed)
      if (auto rows = admit_(feed.place()); !rows)
        troubles.emplace_back(feed.place(), rows.error());
  }
  if (!moved.empty()) QUALOG_TRY(topic_.keep(moved));
  for (const auto& cursor : moved) cursors_[cursor.project] = cursor;
  for (const auto& project : gone) feeds_.erase(project);
  for (const auto& [place, why] : troubles) leave_out(place, why);
  return turn;
}

Result<void> Mirror::finish() { return topic_.keep({}); }

}  // namespace qualog::mirror
