// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/lookup.h"

#include "projector/kinds.h"
#include "projector/query/living.h"
#include "projector/query/people.h"
#include "schema/fbs/action_generated.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

using projector::Facet;
using projector::Kind;

namespace {

Error none_found(const std::string& given, const std::string& called, std::string_view listed_by) {
  return fail(Code::not_found,
              fmt::format("no {} \"{}\" in this project; {}", called, given, listed_by));
}

Result<ItemId> only_one(const std::vector<ItemId>& found, const std::string& given,
                        const std::string& called, std::string_view listed_by) {
  if (found.empty()) return none_found(given, called, listed_by);
  if (found.size() == 1) return found.front();
  return fail(Code::not_found,
              fmt::format("{} of this project are called {} \"{}\"; name one by its id, {}{}",
                          found.size(), called, given, found.front().text(),
                          found.size() > 1 ? " or " + found[1].text() + "; --json prints it" : ""));
}

bool is_called(const projector::ItemSlice& item, const std::string& normalised) {
  const auto name = projector::value_of<projector::Props>(item, Facet::Props).name;
  return !name.plain.empty() && normalised_name(name.plain) == normalised;
}

void add_once(std::vector<ItemId>& ids, const ItemId& id) {
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

}  // namespace

Result<ItemId> find_item(const projector::Reader& state, const std::string& given,
                         const std::vector<Kind>& kinds, const std::string& called) {
  constexpr std::string_view kListedBy = "qualog log lists what was made";
  const auto is_one = [&](Kind kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  if (const auto id = ItemId::parse(given)) {
    if (is_one(projector::kind_of(state, *id))) return *id;
    return none_found(given, called, kListedBy);
  }
  const auto normalised = normalised_name(given);
  std::vector<ItemId> living, merged;
  projector::visit_living(
      state, [&](const ItemId& id, const projector::ItemSlice& item, projector::Standing standing) {
        if (!is_one(item.kind) || !is_called(item, normalised)) return;
        (standing == projector::Standing::Merged ? merged : living).push_back(id);
      });
  return only_one(living.empty() ? merged : living, given, called, kListedBy);
}

Result<ItemId> find_item_ever(const projector::Reader& state, const std::string& given) {
  auto living = find_item(state, given, any_kind(), "item");
  if (living || ItemId::parse(given)) return living;
  std::vector<ItemId> gone;
  projector::visit_items(state, [&](const ItemId& id, const projector::ItemSlice& row) {
    if (is_called(row, normalised_name(given))) gone.push_back(id);
    return true;
  });
  if (gone.empty()) return living;
  return only_one(gone, given, "item", "qualog log lists what was made");
}

Result<ItemId> find_coder(const projector::Reader& state, const std::string& given) {
  constexpr std::string_view kListedBy = "qualog codes --json lists the coders";
  const auto id = ItemId::parse(given);
  std::vector<ItemId> accounts, names;
  projector::visit_items(state, [&](const ItemId& item, const projector::ItemSlice& row) {
    if (row.kind != Kind::Profile) return true;
    const auto principal = projector::value_of<projector::Role>(row, Facet::Role).principal;
    const auto person = projector::merge_target(state, item);
    if (principal == given || item == id) add_once(accounts, person);
    if (is_called(row, normalised_name(given))) add_once(names, person);
    return true;
  });
  return only_one(accounts.empty() ? names : accounts, given, "coder", kListedBy);
}

std::vector<Kind> any_kind() {
  std::vector<Kind> kinds;
  for (const auto& traits : projector::all_kinds()) kinds.push_back(traits.kind);
  return kinds;
}

std::vector<Kind> coded_kinds() {
  std::vector<Kind> kinds;
  for (const auto& traits : projector::all_kinds())
    if (traits.coded) kinds.push_back(traits.kind);
  return kinds;
}

namespace {

constexpr std::string_view kMemoWord = "memo";

std::string word_for(Kind kind) { return kind == Kind::Seealso ? "link" : std::string(name(kind)); }

}  // namespace

std::string kind_in_words(const projector::Reader& state, const ItemId& id) {
  const auto row = projector::item(state, id);
  if (!row) return "";
  const auto memo = static_cast<std::uint8_t>(fb::SourceKind::Memo);
  const auto subkind = projector::value_of<projector::Props>(*row, Facet::Props).subkind;
  if (row->kind == Kind::Source && subkind == memo) return std::string(kMemoWord);
  return word_for(row->kind);
}

std::vector<std::string> kinds_in_words() {
  std::vector<std::string> words;
  for (const auto kind : any_kind()) {
    words.push_back(word_for(kind));
    if (kind == Kind::Source) words.emplace_back(kMemoWord);
  }
  return words;
}

Result<void> check_may_write(const projector::Reader& state, const std::string& principal) {
  const auto least = static_cast<std::uint8_t>(fb::Group::Contributor);
  if (projector::group_of(state, principal) >= least) return {};
  return fail(
      Code::forbidden,
      fmt::format("{} may not bring files into this project; ask an Owner for another group",
                  principal));
}

}  // namespace qualog::tools
