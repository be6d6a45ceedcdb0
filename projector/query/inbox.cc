// SPDX-License-Identifier: Apache-2.0
#include "projector/query/inbox.h"

#include "projector/tables.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"

namespace qualog::projector {

namespace {

std::string string_of(const flatbuffers::String* text) { return text ? text->str() : ""; }

template <class Id, class StructOfId>
Id id_of(const StructOfId* id) {
  return id != nullptr ? flatbuffers::UnPack(*id) : Id{};
}

std::optional<WinnerEntry> winner_of(const fb::Winner* winner) {
  if (winner == nullptr) return std::nullopt;
  return WinnerEntry{string_of(winner->actor()), Sequence{winner->sequence()}, winner->time(),
                     string_of(winner->action())};
}

std::vector<FacetEntry> facets_of(
    const flatbuffers::Vector<flatbuffers::Offset<fb::FacetState>>* states) {
  std::vector<FacetEntry> entries;
  if (states == nullptr) return entries;
  for (const auto* state : *states) {
    auto& entry = entries.emplace_back();
    entry.facet = string_of(state->facet());
    entry.version = Sequence{state->version()};
    if (state->value() != nullptr) entry.value = text_from(state->value());
    entry.bytes = state->size();
  }
  return entries;
}

InboxEntry entry_of(const fb::Aside& aside, const fb::ConflictRefused& refused) {
  InboxEntry entry;
  entry.number = AsideNumber{aside.number()};
  entry.after_sequence = Sequence{aside.after_sequence()};
  entry.time = aside.time();
  entry.author = string_of(aside.actor());
  entry.session = id_of<SessionId>(aside.session());
  entry.command = id_of<CommandId>(aside.command_id());
  entry.code = static_cast<std::uint8_t>(refused.code());
  entry.detail = string_of(refused.detail());
  if (refused.facets() != nullptr)
    for (const auto* facet : *refused.facets()) entry.facets.push_back(facet->str());
  entry.winner = winner_of(refused.winner());
  entry.latest = facets_of(refused.latest());
  entry.base = facets_of(refused.base());
  if (refused.draft() != nullptr) entry.mine.push_back(text_from(refused.draft()));
  if (refused.reason() != nullptr) entry.reason = text_from(refused.reason());
  entry.seen = Sequence{refused.seen()};
  entry.depends_on = id_of<CommandId>(refused.depends_on());
  entry.target = id_of<ItemId>(refused.target());
  return entry;
}

bool passes(const fb::Aside& aside, const InboxFilter& filter) {
  return (!filter.author || *filter.author == string_of(aside.actor())) &&
         (!filter.session || *filter.session == id_of<SessionId>(aside.session())) &&
         (!filter.command || *filter.command == id_of<CommandId>(aside.command_id())) &&
         AsideNumber{aside.number()} > filter.after;
}

// The key of the first aside that may pass; nothing: none does.
std::optional<Key> first_of(const Reader& reader, const InboxFilter& filter) {
  if (!filter.command) return key_of(Sequence{filter.after.next().value});
  const auto number = reader.get(Table::Answers, filter.command->view());
  return number ? std::optional(Key(number->begin(), number->end())) : std::nullopt;
}

}  // namespace

std::optional<std::string> InboxEntry::draft() const {
  if (is_cut) return std::nullopt;
  std::string whole;
  for (const auto& part : mine) {
    if (part.seal) return std::nullopt;
    whole += part.plain;
  }
  return whole;
}

namespace {

// Puts the asides of the table together: a refusal that passes, then its further parts.
class Assembly {
 public:
  explicit Assembly(const InboxFilter& filter) : filter_(filter) {}

  // False: nothing that passes can follow. A command is answered once.
  bool add(const fb::Aside& aside) {
    if (const auto* part = aside.body_as_ConflictDraftPart()) return add_part(aside, *part);
    close();
    if (filter_.command && is_begun_) return false;
    is_begun_ = true;
    const auto* refused = aside.body_as_ConflictRefused();
    if (refused != nullptr && passes(aside, filter_)) open(aside, *refused);
    return true;
  }
  std::vector<InboxEntry> take() {
    close();
    return std::move(entries_);
  }

 private:
  void open(const fb::Aside& aside, const fb::ConflictRefused& refused) {
    entries_.push_back(entry_of(aside, refused));
    parts_ = refused.draft_parts();
    is_open_ = true;
  }
  bool add_part(const fb::Aside& aside, const fb::ConflictDraftPart& part) {
    if (is_open_ && entries_.back().command == id_of<CommandId>(aside.command_id()))
      entries_.back().mine.push_back(text_from(part.draft()));
    return true;
  }
  void close() {
    if (is_open_) entries_.back().is_cut = entries_.back().mine.size() < parts_;
    is_open_ = false;
  }

  const InboxFilter& filter_;
  std::vector<InboxEntry> entries_;
  std::uint32_t parts_ = 0;
  bool is_begun_ = false;
  bool is_open_ = false;
};

}  // namespace

std::vector<InboxEntry> inbox(const Reader& reader, const InboxFilter& filter) {
  Assembly assembly(filter);
  const auto first = first_of(reader, filter);
  if (!first) return {};
  Bytes aligned;  // a row lies at any address; a FlatBuffer needs one that divides by 8
  reader.scan_from(Table::Inbox, {}, *first, [&](ByteView, ByteView value) {
    aligned.assign(value.begin(), value.end());
    if (const auto aside = aside_view(aligned)) return assembly.add(**aside);
    reader.report_damage("the state: an aside of the inbox cannot be read; run verify --rebuild");
    return true;
  });
  return assembly.take();
}

}  // namespace qualog::projector
