// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/words.h"

#include "projector/items.h"
#include "projector/kinds.h"
#include "projector/query/people.h"
#include "projector/query/values_then.h"
#include "schema/actions.h"
#include "tools/qualog/support/area_words.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/verbs.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace qualog::tools {

namespace json = boost::json;

using projector::Facet;
using projector::Kind;

namespace {

std::string plain_or_sealed(const Text& text) { return text.seal ? "(sealed)" : text.plain; }

}  // namespace

std::string short_time(const std::string& rfc3339) {
  const auto fraction = rfc3339.find('.');
  auto time = rfc3339.substr(0, fraction);
  std::replace(time.begin(), time.end(), 'T', ' ');
  return time;
}

// ---- names

namespace {

// What gives a name to an item that has none; zero: nothing.
ItemId stood_on(const projector::Reader& state, const projector::ItemRow& row, const ItemId& item,
                Sequence at) {
  const auto& traits = projector::traits_of(row.kind);
  if (traits.on_ends) return projector::value_of<projector::Ends>(row, Facet::Ends).from;
  if (!traits.on_place) return {};
  const auto place = projector::value_then<projector::Place>(state, row, item, Facet::Place, at);
  return place.code ? place.code : place.source;
}

}  // namespace

std::string name_then(const projector::Reader& state, const ItemId& item, Sequence at) {
  const auto row = projector::item(state, item);
  if (!row) return "";
  if (row->kind == Kind::Member)
    return projector::value_of<projector::Role>(*row, Facet::Role).principal;
  const auto props = projector::value_then<projector::Props>(state, *row, item, Facet::Props, at);
  auto own = plain_or_sealed(props.name);
  return own.empty() ? name_then(state, stood_on(state, *row, item, at), at) : own;
}

// ---- one event

namespace {

constexpr std::size_t kQuotedCells = 40;
constexpr std::size_t kListedMax = 3;
constexpr std::size_t kShortHashDigits = 12;
// Fields that say nothing to a reader of the log.
constexpr std::array<std::string_view, 10> kUntold = {
    "id",    "length",  "text_state", "token", "version", "version_command",
    "claim", "lineage", "file_hash",  "chain"};

std::optional<ItemId> id_in(const json::value& value) {
  return value.is_string() ? ItemId::parse(value.get_string()) : std::nullopt;
}

std::string quoted(const std::string& text) {
  return "\"" + cut(one_line(text), kQuotedCells) + "\"";
}

class Teller {
 public:
  Teller(const projector::Reader& state, const json::object& line)
      : state_(state),
        line_(line),
        body_(line.at("body").get_object()),
        sequence_{line.at("sequence").to_number<std::uint64_t>()} {}

  Told tell() {
    Told told;
    item_ = told.item = item();
    if (const auto range = range_text(); !range.empty()) add(range);
    for (const auto& [key, value] : body_) add(field_text(key, value));
    if (const auto* undone = line_.if_contains("undo_of")) add(undone_text(*undone));
    if (const auto* reason = line_.if_contains("reason"); reason != nullptr && reason->is_string())
      add("because " + quoted(std::string(reason->get_string())));
    told.detail = std::move(detail_);
    return told;
  }

 private:
  ItemId item() const {
    if (const auto* target = line_.if_contains("target"))
      if (const auto id = id_in(*target)) return *id;
    const auto effect = projector::effect_at(state_, sequence_);
    return effect && !effect->entries.empty() ? effect->entries.front().item : ItemId{};
  }

  void add(const std::string& text) {
    if (!text.empty()) detail_ += (detail_.empty() ? "" : ", ") + text;
  }

  std::string range_text() const {
    const auto *begin = body_.if_contains("begin"), *end = body_.if_contains("end");
    if (begin == nullptr || end == nullptr) return "";
    return fmt::format("{}-{}", json::serialize(*begin), json::serialize(*end));
  }

  std::string field_text(std::string_view key, const json::value& value) const {
    if (key.ends_with("area") && value.is_object()) return area_text(key, value.get_object());
    if (key == "begin" || key == "end") return "";
    if (std::find(kUntold.begin(), kUntold.end(), key) != kUntold.end()) return "";
    if (key == "name" || key == "title") return renamed_text(key, value);
    if (key == "sequences") return sequences_text(value);
    const auto text = value_text(value);
    return text.empty() ? "" : fmt::format("{} {}", key, text);
  }

  static std::string area_text(std::string_view key, const json::object& area) {
    const auto words = area_in_words(area);
    return words.empty() ? "" : fmt::format("{} {}", key, words);
  }

  // The name is told where it is not the one that the item has anyway.
  std::string renamed_text(std::string_view key, const json::value& value) const {
    if (!value.is_string()) return "";
    const auto before = name_then(state_, item_, sequence_.previous());
    const std::string now(value.get_string());
    if (is_new() || before == now) return "";
    return fmt::format("{} {} -> {}", key, quoted(before), quoted(now));
  }

  bool is_new() const {
    const auto row = projector::item(state_, item_);
    return row && row->created.sequence == sequence_;
  }

  std::string value_text(const json::value& value) const {
    if (const auto id = id_in(value)) return *id == item_ ? "" : item_text(*id);
    if (value.is_string()) return quoted(std::string(value.get_string()));
    if (value.is_array()) return list_text(value.get_array());
    return value.is_object() ? file_text(value.get_object()) : json::serialize(value);
  }

  // Of what is named by its hash.
  static std::string file_text(const json::object& value) {
    const auto *hash = value.if_contains("hash"), *size = value.if_contains("size");
    if (hash == nullptr || !hash->is_string() || size == nullptr) return "";
    return fmt::format("{} bytes {}", json::serialize(*size),
                       std::string_view(hash->get_string()).substr(0, kShortHashDigits));
  }

  std::string item_text(const ItemId& id) const {
    const auto name = name_then(state_, id, sequence_);
    return name.empty() ? "" : quoted(name);
  }

  std::string list_text(const json::array& list) const {
    std::string text;
    for (std::size_t i = 0; i < std::min(list.size(), kListedMax); ++i)
      if (const auto one = value_text(list[i]); !one.empty())
        text += (text.empty() ? "" : " ") + one;
    if (text.empty()) return std::to_string(list.size());
    if (list.size() > kListedMax) text += fmt::format(" and {} more", list.size() - kListedMax);
    return text;
  }

  // An undo of one event says it by its header.
  std::string sequences_text(const json::value& value) const {
    if (!value.is_array() || line_.contains("undo_of")) return "";
    const auto text = list_text(value.get_array());
    return "events " + text;
  }

  std::string undone_text(const json::value& undone) const {
    if (!undone.is_number()) return "";
    const Sequence sequence{undone.to_number<std::uint64_t>()};
    const auto effect = projector::effect_at(state_, sequence);
    const auto words =
        effect ? action_in_words(static_cast<fb::Action>(effect->action)) : std::string("?");
    return fmt::format("event {} ({})", sequence.value, words);
  }

  const projector::Reader& state_;
  const json::object& line_;
  const json::object& body_;
  Sequence sequence_;
  ItemId item_;
  std::string detail_;
};

void add_ids(const json::value& value, std::vector<ItemId>& ids) {
  if (const auto id = id_in(value)) ids.push_back(*id);
  if (value.is_array())
    for (const auto& element : value.get_array()) add_ids(element, ids);
  if (value.is_object())
    for (const auto& [key, member] : value.get_object()) add_ids(member, ids);
}

}  // namespace

Told told(const projector::Reader& state, const json::object& line) {
  return Teller(state, line).tell();
}

std::vector<ItemId> items_concerned(const projector::Reader& state, const json::object& line) {
  std::vector<ItemId> ids;
  add_ids(line.at("body"), ids);
  if (const auto effect =
          projector::effect_at(state, Sequence{line.at("sequence").to_number<std::uint64_t>()}))
    for (const auto& entry : effect->entries) ids.push_back(entry.item);
  const auto direct = ids.size();
  for (std::size_t i = 0; i < direct; ++i)
    if (const auto row = projector::item(state, ids[i])) {
      const auto place = projector::value_of<projector::Place>(*row, Facet::Place);
      ids.push_back(place.code);
      ids.push_back(place.source);
    }
  return ids;
}

}  // namespace qualog::tools
