// SPDX-License-Identifier: Apache-2.0
// Story: a project's events made by hand and folded into a store, as if decide had accepted them.
#pragma once

#include "projector/digest.h"
#include "projector/fold/fold.h"
#include "projector/items.h"
#include "projector/overlay.h"
#include "schema/codec.h"
#include "schema/commands.h"
#include "schema/fbs/aside_generated.h"
#include "schema/fbs/event_generated.h"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

namespace qualog::test {

// A directory that goes with its object.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The item of a number, growing with it.
ItemId item_id(std::uint64_t number);
// A text with length and match.
std::unique_ptr<fb::TextT> words(std::string_view utf8);

class Story {
 public:
  static constexpr std::int64_t kTime = 1'700'000'000'000'000;

  explicit Story(projector::Store& store) : fold_(store) {}

  // Who acts from now on, and when.
  Story& as(std::string principal) {
    principal_ = std::move(principal);
    return *this;
  }
  Story& at(std::int64_t time) {
    time_ = time;
    return *this;
  }

  template <class ActionT>
  Sequence act(ActionT action) {
    return fold(action_of(std::move(action)), Sequence{});
  }
  Sequence undo(Sequence undone);

  // Folds a refusal whose draft lies in `parts`.
  AsideNumber refuse(const CommandId& command, const std::vector<std::string>& parts);

  Sequence last() const { return last_; }

 private:
  Sequence fold(fb::ActionUnion action, Sequence undo_of);
  void fold_aside(fb::AsideT aside);

  projector::Fold fold_;
  std::string principal_ = "alice";
  std::int64_t time_ = kTime;
  Sequence last_;
  AsideNumber last_aside_;
};

// What the sample project holds.
inline const ItemId kFolder = item_id(101), kOtherFolder = item_id(102),
                    kEmptyFolder = item_id(103);
inline const ItemId kSource = item_id(111), kMemo = item_id(112), kOtherSource = item_id(113);
inline const ItemId kCode = item_id(121), kSubCode = item_id(122), kOtherCode = item_id(123);
inline const ItemId kMergedCode = item_id(124);
inline const ItemId kCoding = item_id(131), kBobsCoding = item_id(132),
                    kMergedCoding = item_id(133);
inline const ItemId kWholeCoding = item_id(134);
inline const ItemId kAnnotation = item_id(141), kSeealso = item_id(151);
// Nothing has this id yet.
inline const ItemId kFresh = item_id(500);

inline constexpr std::string_view kSourceText =
    "The quick brown f\xC3\xB6x jumps over the lazy dog.";

// Alice's and Bob's project with one of everything, the profiles too.
void tell_sample(Story& story);

fb::FolderCreatedT folder_created(const ItemId& id, std::string_view name,
                                  const ItemId& parent = {});
fb::SourceCreatedT source_created(const ItemId& id, std::string_view name, std::string_view text,
                                  const ItemId& folder = {});
fb::CodeCreatedT code_created(const ItemId& id, std::string_view name, const ItemId& parent = {});
fb::CodingAddedT coding_added(const ItemId& id, const ItemId& code, const ItemId& source,
                              std::uint32_t begin, std::uint32_t end);

struct Edit {
  std::uint32_t position, delete_length;
  std::string insert;
};
fb::SourceTextEditedT text_edited(const ItemId& source, const std::vector<Edit>& edits);

// The content digest as text.
std::string content(const projector::Reader& reader);

}  // namespace qualog::test
