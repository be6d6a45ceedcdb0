// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/event_lines.h"

#include "replay/stream/lines.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/json.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/words.h"

#include <fmt/format.h>

#include <array>

namespace qualog::tools {

namespace {

namespace json = boost::json;

// What an event's line always has, in this order.
constexpr std::array<const char*, 12> kEventKeys = {"sequence", "time",   "actor",   "session",
                                                    "action",   "target", "reason",  "command_id",
                                                    "seen",     "group",  "undo_of", "body"};

std::string string_at(const json::object& line, const char* key) {
  const auto* value = line.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

// What was refused is for its author and the Owners, as in conflicts show. Others see that there
// was a refusal, on what, and who was first.
void hide_what_was_refused(json::object& line) {
  auto* body = line.at("body").if_object();
  if (body == nullptr) return;
  for (const char* key : {"draft", "reason", "base", "latest"})
    if (auto* value = body->if_contains(key)) *value = nullptr;
}

// What was stored as an object.
class Objects {
 public:
  explicit Objects(AsideSight sight) : sight_(std::move(sight)) {}

  Result<json::object> of(const replay::Stored& item) const {
    if (!item.is_aside()) {
      QUALOG_ASSIGN(const auto* event, event_view(item.bytes));
      return event_line(*event);
    }
    QUALOG_ASSIGN(const auto* aside, aside_view(item.bytes));
    auto line = aside_json(*aside);
    if (!sight_.all_asides && string_at(line, "actor") != sight_.reader)
      hide_what_was_refused(line);
    return line;
  }

 private:
  AsideSight sight_;
};

class JsonLines final : public EventLines {
 public:
  explicit JsonLines(AsideSight sight) : objects_(std::move(sight)) {}

  Result<std::string> line(const replay::Stored& item) override {
    QUALOG_ASSIGN(const auto object, objects_.of(item));
    return one_line_json(object) + "\n";
  }

 private:
  Objects objects_;
};

std::string padded(const std::string& text, std::size_t cells) {
  auto shown = cut(one_line(text), cells);
  return shown.append(cells - std::min(cells, cells_of(shown)), ' ');
}

// The columns are as wide as the table of `log` may be.
class TextLines final : public EventLines {
 public:
  explicit TextLines(AsideSight sight) : objects_(std::move(sight)) {}

  Result<std::string> line(const replay::Stored& item) override {
    QUALOG_ASSIGN(const auto object, objects_.of(item));
    const auto number = item.is_aside() ? fmt::format("aside {}", item.aside.value)
                                        : fmt::format("{}", item.sequence.value);
    auto text = fmt::format("{:>9}  {}  {}  {}  {}", number, short_time(string_at(object, "time")),
                            padded(string_at(object, "actor"), 10),
                            padded(string_at(object, "action"), 18), string_at(object, "target"));
    return text.erase(text.find_last_not_of(' ') + 1) + "\n";
  }

 private:
  Objects objects_;
};

class Rows : public EventLines {
 public:
  explicit Rows(stream::RowProjector rows) : rows_(std::move(rows)) {}

  bool looks_back() const final { return true; }
  Result<void> pass(const replay::Stored& item) final { return rows_.learn(item.bytes); }
  Result<std::string> line(const replay::Stored& item) final {
    QUALOG_ASSIGN(const auto row, rows_.row(item.bytes));
    return text(row);
  }

 private:
  virtual std::string text(const stream::Row& row) const = 0;

  stream::RowProjector rows_;
};

class NdjsonRows final : public Rows {
 public:
  using Rows::Rows;

 private:
  std::string text(const stream::Row& row) const override { return stream::ndjson(row) + "\n"; }
};

class CsvRows final : public Rows {
 public:
  using Rows::Rows;
  std::string head() const override { return stream::csv_header(); }

 private:
  std::string text(const stream::Row& row) const override { return stream::csv(row); }
};

}  // namespace

std::unique_ptr<EventLines> lines_for_people(AsideSight sight) {
  return std::make_unique<TextLines>(std::move(sight));
}

std::unique_ptr<EventLines> lines_of_json(AsideSight sight) {
  return std::make_unique<JsonLines>(std::move(sight));
}

std::unique_ptr<EventLines> rows_as_ndjson(stream::RowProjector rows) {
  return std::make_unique<NdjsonRows>(std::move(rows));
}

std::unique_ptr<EventLines> rows_as_csv(stream::RowProjector rows) {
  return std::make_unique<CsvRows>(std::move(rows));
}

boost::json::object event_line(const fb::Event& event) {
  auto given = event_json(event);
  boost::json::object line;
  for (const char* key : kEventKeys)
    line[key] = given.contains(key) ? std::move(given.at(key)) : boost::json::value();
  if (given.contains("on_behalf_of")) line["on_behalf_of"] = std::move(given.at("on_behalf_of"));
  return line;
}

}  // namespace qualog::tools
