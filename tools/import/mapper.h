// SPDX-License-Identifier: Apache-2.0
// Mapper: a project of another program as the actions of one import group. What cannot be carried
// is a row of the loss report; a name never stops an import: later equals get " (2)", the original
// is kept as a claim. What the file says of authors and times is payload. Pure but for the ids it
// derives: a foreign GUID becomes the item's id where nothing else has it, so importing a file
// twice gives the same ids. docs/import.md.
#pragma once

#include "schema/fbs/command_generated.h"
#include "schema/text.h"
#include "tools/interchange/counts.h"
#include "tools/interchange/project_model.h"

#include <map>
#include <set>
#include <vector>

namespace qualog::tools {

struct Mapped {
  std::vector<fb::ActionUnion> actions;  // after import.started
  interchange::Counts imported;
  std::vector<interchange::Loss> losses;  // the file's own, then the mapping's
};

class Mapper {
 public:
  // `file`: the digest of the file, from which ids are derived where a GUID cannot serve.
  Mapper(const interchange::Project& project, const NameKey& names, const Digest& file)
      : project_(project), names_(names), file_(file) {}

  Mapped map();

 private:
  using Index = interchange::Index;
  using Kind = interchange::Kind;

  void map_users();
  void map_codes();
  void map_sources();
  void map_memos();
  void map_codings();
  void map_selections();
  void map_note_references();
  void map_links();
  void report_unserved();

  void map_text(const ItemId& id, fb::SourceKind kind, const std::string& name,
                const std::string& description, Index form, const interchange::Claims& claims);
  void map_coding(Index index);
  bool place(Index selection, ItemId& source, std::uint32_t& begin, std::uint32_t& end) const;
  void link(const ItemId& from, const ItemId& to, const std::string& name);
  void annotate(Index selection, const std::string& text);

  // The item that an object became; zero when it became none.
  ItemId item_of(const interchange::Object& object) const;
  ItemId take_id(Kind kind, Index index, const interchange::Identity& identity);
  ItemId profile_of(const interchange::Guid& user) const;
  // A name that is free among those of `scope`, with what it was when it had to change.
  std::unique_ptr<fb::TextT> free_name(const ItemId& scope, int kind, const std::string& wanted,
                                       std::unique_ptr<fb::ClaimT>& claim);
  std::unique_ptr<fb::TextT> short_text(const std::string& text, const char* element);
  template <class Action>
  void add(Action action) {
    mapped_.actions.emplace_back();
    mapped_.actions.back().Set(std::move(action));
  }

  const interchange::Project& project_;
  const NameKey& names_;
  Digest file_;
  Mapped mapped_;
  interchange::LossList losses_;
  std::map<std::pair<Kind, Index>, ItemId> items_;
  std::map<interchange::Guid, ItemId> profiles_;
  std::set<ItemId> taken_;
  std::set<std::pair<std::pair<ItemId, int>, std::string>> names_taken_;
  std::set<Index> represented_;  // selections that something stands for
  std::set<std::string> coded_;  // coder, code and passage
  std::set<ItemId> has_memo_, has_owner_;
};

}  // namespace qualog::tools
