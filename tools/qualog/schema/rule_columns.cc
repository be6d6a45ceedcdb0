// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/schema/rule_columns.h"

#include "schema/actions.h"

#include <fmt/format.h>

#include <array>

namespace qualog::tools {

namespace {

using engine::Rule;
using Words = std::vector<std::string>;

std::string_view word_of(engine::Need need) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "contributor", "owner", "self", "engine", "import", "creator", "server", "nobody"};
  return kWords.at(static_cast<std::size_t>(need));
}

std::string_view word_of(engine::ExclusiveRule rule) {
  static constexpr std::array<std::string_view, 3> kWords = {"stops", "needs", "passes"};
  return kWords.at(static_cast<std::size_t>(rule));
}

std::string_view word_of(engine::Layer layer) {
  static constexpr std::array<std::string_view, 3> kWords = {"", "codebook", "content"};
  return kWords.at(static_cast<std::size_t>(layer));
}

// Only one word, or none.
Words if_any(std::string_view word) { return word.empty() ? Words{} : Words{std::string(word)}; }

std::string kinds_in_words(const engine::KindSet& kinds) {
  constexpr std::size_t kListedMax = 8;
  const auto listed = kinds.list();
  if (listed.size() > kListedMax) return "any item";
  std::string words;
  for (const auto kind : listed)
    words += fmt::format("{}{}", words.empty() ? "" : " or ", projector::name(kind));
  return words;
}

Words references_of(const Rule& rule) {
  Words words;
  for (const auto& reference : rule.references)
    words.push_back(fmt::format("{}: {}{}", reference.field, kinds_in_words(reference.kinds),
                                reference.any_standing ? ", also deleted" : ""));
  return words;
}

std::string_view place_of(const engine::Write& write) {
  if (write.item != nullptr) return "pair";
  return write.field.empty() ? "project" : write.field;
}

Words writes_of(const Rule& rule) {
  Words words;
  for (const auto& write : rule.writes)
    words.push_back(fmt::format("{}.{}{}", place_of(write), projector::name(write.facet),
                                write.check == engine::Check::None ? " (free)" : ""));
  return words;
}

Words lease_of(const Rule& rule) {
  Words words;
  const auto what = rule.lease == engine::LeaseRule::Holds ? "holds" : "free";
  for (const auto field : rule.leased) words.push_back(fmt::format("{}: {}", what, field));
  return words;
}

Words creates(const Rule& rule) {
  if (rule.creates.empty()) return {};
  return {fmt::format("{}: {}", rule.creates, projector::name(rule.kind))};
}

// What the columns cannot say, and the rows do.
Words more_of(const Rule& rule) {
  Words words;
  for (const auto refusal : rule.special.refuses) words.emplace_back(refusal);
  if (rule.adjust != nullptr) words.emplace_back("fields filled in");
  if (rule.compute != nullptr) words.emplace_back("a group of computed actions");
  if (rule.repeats != nullptr) words.emplace_back("noop where it is so");
  return words;
}

std::string escaped(std::string_view text) {
  std::string made;
  for (const char character : text) made += character == '|' ? "\\|" : std::string(1, character);
  return made;
}

constexpr const char* kOpening =
    "# Rules\n\n"
    "What may be done, by whom, and what it collides with: a row for each action. `qualog\n"
    "rules --markdown` prints this page from the table that decides (`engine/rules/rules.cc`); a "
    "test\n"
    "holds the two together.\n\n"
    "| column | means |\n|---|---|\n";

}  // namespace

const std::vector<RuleColumn>& rule_columns() {
  static const std::vector<RuleColumn> columns = {
      {"action", "Action", "its name in commands and events", false,
       [](const Rule& rule) { return if_any(action_name(rule.action)); }},
      {"who", "Who",
       "the least group that may do it; self: whose profile it is, or an Owner; engine: comes by "
       "itself; import: the same, or from an Owner inside an import; creator: whoever makes a "
       "project; server: an administrator of a "
       "server; nobody: kept for a later version",
       false, [](const Rule& rule) { return if_any(word_of(rule.need)); }},
      {"creates", "Creates", "the field with the new item's id, and what the item is", true,
       &creates},
      {"refers_to", "Refers to", "fields that must name a living item of one of these kinds", true,
       &references_of},
      {"writes", "Writes",
       "facets that change: refused as STALE when another session wrote one after `seen`; (free): "
       "written without that check; pair: the item that stands for the two that are named",
       true, &writes_of},
      {"deletes", "Deletes",
       "the item with all that stands on it: STALE when any of it was written after `seen`", false,
       [](const Rule& rule) { return if_any(rule.deletes); }},
      {"exclusive", "Exclusive",
       "what the exclusive session of somebody else does: stops it (LOCKED_EXCLUSIVE), unless it "
       "passes; needs: only inside one's own",
       false, [](const Rule& rule) { return if_any(word_of(rule.exclusive)); }},
      {"frozen_with", "Frozen with",
       "what a milestone freezes it with: the codebook, or all content", false,
       [](const Rule& rule) { return if_any(word_of(rule.layer)); }},
      {"lease", "Lease",
       "holds: the session must hold the lease of this item; free: nobody else may hold it. In an "
       "import, in the undo of one, and for undo in one's own exclusive session, free is enough",
       true, &lease_of},
      {"named", "Name", "the item whose name must be free among its siblings", false,
       [](const Rule& rule) { return if_any(rule.named); }},
      {"parent", "Parent", "the field with the new parent, which must not be below the item", false,
       [](const Rule& rule) { return if_any(rule.parent); }},
      {"undo", "Undo", "restore: the facets get back what they held; never: not undone alone",
       false,
       [](const Rule& rule) {
         return if_any(rule.undo == engine::UndoRule::Never ? "never" : "restore");
       }},
      {"more", "More",
       "what else must hold, each with the code that it is refused with; what else is made", true,
       &more_of},
  };
  return columns;
}

std::string cell_of(const RuleColumn& column, const Rule& rule) {
  return fmt::format("{}", fmt::join(column.of(rule), "; "));
}

std::string rules_page() {
  std::string page = kOpening;
  std::string titles = "\n|", rule_line = "|";
  for (const auto& column : rule_columns()) {
    page += fmt::format("| {} | {} |\n", column.title, escaped(column.meaning));
    titles += fmt::format(" {} |", column.title);
    rule_line += "---|";
  }
  page += titles + "\n" + rule_line + "\n";
  for (const auto& rule : engine::all_rules()) {
    page += "|";
    for (const auto& column : rule_columns())
      page += fmt::format(" {} |", escaped(cell_of(column, rule)));
    page += "\n";
  }
  return page;
}

}  // namespace qualog::tools
