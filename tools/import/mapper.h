// SPDX-License-Identifier: Apache-2.0
// Mapper: a project of another program as the actions of one import group. Nothing that a file
// holds makes an action that the rules refuse: names are made free and fit (names.h), texts are cut
// into events, and what cannot be carried is a row of the loss report. Of every kind that is
// counted, the objects that came and the rows "lost" of its elements are together what the file
// holds. What the file says of authors and times is payload. Pure but for the ids it derives: a
// foreign GUID becomes the item's id where nothing else has it, and a person's id is derived from
// theirs, so importing a file twice gives the same ids.
#pragma once

#include "schema/commands.h"
#include "schema/text.h"
#include "tools/import/archive_media.h"
#include "tools/import/names.h"
#include "tools/interchange/refi/counts.h"
#include "tools/interchange/refi/project_model.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace qualog::tools {

inline constexpr std::size_t kDescriptionBytesMax = 32 * 1024;
inline constexpr int kSourceNames = 2;  // the group of names of sources

struct Mapped {
  std::vector<fb::ActionUnion> actions;   // after import.started
  interchange::Counts imported;           // what stands in the project afterwards
  std::vector<interchange::Loss> losses;  // the file's own, then the mapping's
};

class Mapper {
 public:
  // `file`: the digest of the file, from which ids are derived where a GUID cannot serve.
  // `importer`: whose account already has items in the project. `files`: those of sources that are
  // no texts; a source whose file is not among them stands without it.
  Mapper(const interchange::Project& project, const NameKey& names, const Digest& file,
         std::string_view importer, SourceFiles files = {});

  Mapped map();

 private:
  using Index = interchange::Index;
  using Kind = interchange::Kind;
  using Position = flatbuffers::Optional<std::uint32_t>;

  // An item, a passage of its text, or an area of it; or why it is none of these.
  struct Place {
    ItemId item;
    Position begin;
    Position end;
    std::optional<fb::AreaT> area;
    std::string_view fault;
    std::vector<std::string_view> doubts;
  };

  // mapper.cc
  void map_project();
  void map_users();
  void map_codes();
  void map_sources();
  void map_memos();
  void map_text(fb::SourceCreatedT source, const std::string& name, const std::string& description,
                const interchange::SourceText* text);
  void report_claims(std::string_view element, const interchange::Claims& claims);

  // map_files.cc
  void map_file(Index index, const documents::Material& material);
  void map_absent_file(Index index);
  const interchange::SourceText* text_of_source(const interchange::Source& source) const;
  void report_file(const documents::Material& material);

  // map_passages.cc
  static Place nowhere(std::string_view why);
  Place place_of(Index selection) const;
  Place passage_of(const interchange::Selection& selection) const;
  Place area_place_of(const interchange::Selection& selection) const;
  void find_remarks();
  void map_codings();
  void map_coding(Index index);
  bool place_coding(const interchange::Coding& coding, fb::CodingAddedT& action);
  bool is_repeated(const fb::CodingAddedT& action);
  void map_selections();
  void map_selection(Index index);
  bool annotate(Index selection, std::string_view text, const interchange::Claims& said);
  void report_selection(Index selection);

  // map_links.cc
  void map_note_references();
  void map_note_reference(const interchange::NoteReference& reference);
  bool take_as_memo(const interchange::NoteReference& reference, const ItemId& item,
                    const ItemId& memo);
  void map_links();
  void map_link(Index index);
  void link(const ItemId& id, const Place& from, const Place& to, const std::string& name);
  Place end_of(const interchange::Object& object) const;
  void report_unserved();

  // The item that an object became; zero when it became none.
  ItemId item_of(const interchange::Object& object) const;
  ItemId take_id(Kind kind, Index index, const interchange::Identity& identity);
  // The profile of a foreign user; who is no user of the file gets one here. Zero for nobody.
  ItemId profile_of(const interchange::Guid& user);
  // The same of what stands on a place, which is always somebody's; one profile for all nobodies.
  ItemId author_of(const interchange::Guid& user);
  void add_profile(const ItemId& id, const std::string& name);
  std::unique_ptr<fb::ClaimT> claim_of(const interchange::Guid& author, const std::string& time);
  // A name that is free among those of `scope`; the claim keeps what it was when it had to change.
  std::unique_ptr<fb::TextT> free_name(const ItemId& scope, int group, const std::string& wanted,
                                       std::unique_ptr<fb::ClaimT>& claim);
  std::unique_ptr<fb::TextT> text_cut(std::string_view text, std::size_t bytes_max,
                                      std::string_view element);
  void add_all(std::vector<fb::ActionUnion> actions);
  template <class Action>
  void add(Action action) {
    mapped_.actions.push_back(action_of(std::move(action)));
  }

  const interchange::Project& project_;
  const SourceFiles files_;
  const NameKey& names_;
  Digest file_;
  Mapped mapped_;
  interchange::LossList losses_;
  std::map<std::pair<Kind, Index>, ItemId> items_;
  std::unordered_map<interchange::Guid, ItemId> profiles_;
  std::set<ItemId> taken_;
  NameBook book_;
  std::map<Index, Index> remarks_;  // note -> the selection on which it stands as an annotation
  std::set<Index> represented_;     // selections that something stands for
  std::set<std::string> coded_;     // coder, code and place
  std::set<ItemId> has_memo_, has_owner_;
  Index derived_ = 0;    // ids of links that the file has no GUID for
  Index strangers_ = 0;  // authors who are no users of the file
  ItemId nobody_;        // of what has no author in the file
};

}  // namespace qualog::tools
