// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/otherwise.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace qualog::transfer {

using projector::Facet;
using projector::Kind;

namespace {

using Words = std::pair<std::string, std::optional<SealedText>>;

// Without what a text carries of its project's key.
Words words(const Text& text) { return {text.plain, text.seal}; }

std::vector<Words> words(const projector::Fields& fields) {
  if (fields.speaker.empty() && fields.fields.empty()) return {};
  std::vector<Words> all = {words(fields.speaker)};
  for (const auto& field : fields.fields) {
    all.push_back(words(field.name));
    all.push_back(words(field.value));
  }
  return all;
}

// In no order: whoever lists the same items means the same.
std::vector<ItemId> listed(const std::vector<ItemId>& items, const Looked& looked) {
  std::vector<ItemId> found;
  for (const auto& item : items)
    if (const ItemId here = looked.here(item)) found.push_back(here);
  std::sort(found.begin(), found.end());
  return found;
}

class Comparison {
 public:
  Comparison(const Looked& there, const Looked& now) : there_(there), now_(now) {}

  template <class Value>
  void say(const Value& there, const Value& now) {
    if (there == Value{} || there == now) return;
    (now == Value{} ? only_there_ : otherwise_) = true;
  }
  // `said`: what is compared of the facet.
  template <class Value, class Said>
  void facet(Facet facet, Said said) {
    say(said(projector::value_of<Value>(there_.row, facet), there_),
        said(projector::value_of<Value>(now_.row, facet), now_));
  }
  std::string_view verdict() const {
    if (otherwise_) return kOtherwiseHere;
    return only_there_ ? kOnlyThere : std::string_view{};
  }

 private:
  const Looked& there_;
  const Looked& now_;
  bool otherwise_ = false;
  bool only_there_ = false;
};

void compare_props(Comparison& compared, Kind kind) {
  using projector::Props;
  const auto say = [&](auto said) {
    compared.facet<Props>(Facet::Props, [&](const Props& row, const Looked&) { return said(row); });
  };
  say([](const Props& row) { return words(row.description); });
  say([](const Props& row) { return words(row.nickname); });
  say([](const Props& row) { return row.color; });
  say([](const Props& row) { return row.aggregate; });
  say([](const Props& row) { return !row.codable; });
  say([](const Props& row) { return std::optional(row.subkind); });
  if (likeness_of(kind)->twice == Twice::United)
    say([](const Props& row) { return words(row.name); });
}

void compare_words(Comparison& compared) {
  compared.facet<projector::TextValue>(
      Facet::Text, [](const auto& row, const Looked&) { return words(row.text); });
  compared.facet<projector::Note>(
      Facet::Note, [](const auto& row, const Looked&) { return words(row.comment); });
  compared.facet<projector::Note>(Facet::Note,
                                  [](const auto& row, const Looked&) { return row.weight; });
  compared.facet<projector::Fields>(Facet::Fields,
                                    [](const auto& row, const Looked&) { return words(row); });
}

void compare_definitions(Comparison& compared) {
  using projector::AttributeType, projector::Definition, projector::Grid;
  compared.facet<AttributeType>(
      Facet::Type, [](const auto& row, const Looked&) { return words(row.default_value); });
  compared.facet<AttributeType>(
      Facet::Type, [](const auto& row, const Looked&) { return std::optional(row.type); });
  compared.facet<Definition>(Facet::Definition,
                             [](const auto& row, const Looked&) { return words(row.text); });
  compared.facet<Definition>(Facet::Definition, [](const auto& row, const Looked& looked) {
    return listed(row.items, looked);
  });
  for (const auto list : {&Grid::rows, &Grid::columns, &Grid::row_attributes})
    compared.facet<Grid>(Facet::Grid, [&](const Grid& row, const Looked& looked) {
      return listed(row.*list, looked);
    });
}

void compare_sources(Comparison& compared, const Looked& there, const Looked& now) {
  const auto said = there.side.content_of(there.id), known = now.side.content_of(now.id);
  compared.say(said.text, known.text);
  compared.say(said.media.hash, known.media.hash);
  if (said.media.hash == Digest{}) compared.say(words(said.media.path), words(known.media.path));
  compared.say(words(said.media.external), words(known.media.external));
  compared.say(words(said.media.bibliographic_id), words(known.media.bibliographic_id));
}

// A code that does not come is no other code.
void compare_places(Comparison& compared, const Looked& there, const Looked& now, bool same_text) {
  compared.facet<projector::Parent>(
      Facet::Parent, [](const auto& row, const Looked& looked) { return looked.here(row.parent); });
  compared.facet<projector::Place>(
      Facet::Place, [](const auto& row, const Looked& looked) { return looked.here(row.code); });
  const auto range = [](const Looked& looked) {
    return projector::range_row(looked.side.reader(), looked.id, Facet::Range);
  };
  const auto said = range(there), known = range(now);
  if (!same_text || !said || !known || said->range.detached) return;
  compared.say(std::optional(std::pair(said->range.begin, said->range.end)),
               std::optional(std::pair(known->range.begin, known->range.end)));
}

}  // namespace

std::string_view said_otherwise(const Looked& there, const Looked& now, bool same_text) {
  Comparison compared(there, now);
  compare_props(compared, there.row.kind);
  compare_words(compared);
  compare_definitions(compared);
  compare_places(compared, there, now, same_text);
  if (there.row.kind == Kind::Source) compare_sources(compared, there, now);
  return compared.verdict();
}

}  // namespace qualog::transfer
