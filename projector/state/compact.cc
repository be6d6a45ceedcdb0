// SPDX-License-Identifier: Apache-2.0
#include "projector/state/compact.h"

#include "projector/digest.h"
#include "projector/lmdb/copy.h"
#include "projector/state/durable_file.h"
#include "projector/state/open.h"
#include "projector/state/replace.h"
#include "schema/file_error.h"

namespace qualog::projector {

namespace {

using std::filesystem::path;

Result<std::uint64_t> data_bytes(const path& directory) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(directory / "data.mdb", error);
  if (error) return file_error("cannot look at", directory / "data.mdb", error.value());
  return bytes;
}

Result<Digests> digests_in(const Environment& environment) {
  QUALOG_ASSIGN(const auto txn, ReadTransaction::begin(environment));
  const auto found = digests(*txn);
  QUALOG_TRY(txn->undamaged());
  return found;
}

// A copy that holds the same and is durable.
Result<void> copy_beside(const Environment& environment, const path& fresh) {
  QUALOG_TRY(remove_tree(fresh));
  QUALOG_TRY(make_private_directory(fresh));
  QUALOG_TRY(copy_compactly(environment, fresh));
  QUALOG_ASSIGN(const auto copy, Environment::open(fresh, Environment::Mode::ReadWrite));
  QUALOG_ASSIGN(const auto of_state, digests_in(environment));
  QUALOG_ASSIGN(const auto of_copy, digests_in(*copy));
  if (!(of_state == of_copy))
    return fail(Code::damaged, "the copy of the state is not the same; run verify --rebuild");
  QUALOG_TRY(copy->sync());
  return make_untouched(fresh);
}

Error not_trusted(Trust found) {
  return fail(Code::damaged, "the state cannot be trusted (" + std::string(name(found)) +
                                 "); run verify --rebuild");
}

Result<std::unique_ptr<Environment>> open_what_is_trusted(const path& directory) {
  QUALOG_ASSIGN(const auto found, read_mark(directory));
  if (found != Trust::Trusted) return not_trusted(found);
  QUALOG_ASSIGN(auto opened, open_state(directory));
  if (opened.must_rebuild()) return not_trusted(opened.found);
  return std::move(opened.environment);
}

// The copy has its place, durably and marked. Until it is marked the old mark speaks of the old
// state, which gets its place back where that fails.
Result<void> mark_swapped(const path& fresh, const path& directory) {
  auto marked = sync_directory(directory.parent_path());
  if (marked) marked = mark_clean(directory);
  if (marked) return marked;
  const auto trust = read_mark(directory);
  if (!trust || *trust != Trust::Trusted) (void)swap_names(fresh, directory);
  return marked;
}

Result<void> take_place(const path& fresh, const path& directory) {
  QUALOG_ASSIGN(const bool swapped, swap_names(fresh, directory));
  if (swapped) return mark_swapped(fresh, directory);
  QUALOG_TRY(put_in_place(fresh, directory));
  return mark_clean(directory);
}

}  // namespace

Result<CompactedState> compact_state(const path& directory) {
  const path fresh = directory.string() + ".new";
  CompactedState sizes;
  QUALOG_ASSIGN(auto environment, open_what_is_trusted(directory));
  QUALOG_ASSIGN(sizes.bytes_before, data_bytes(directory));
  auto done = copy_beside(*environment, fresh);
  QUALOG_TRY(close_state(std::move(environment), directory));
  if (done) done = take_place(fresh, directory);
  const auto removed = remove_tree(fresh);
  QUALOG_TRY(done);
  QUALOG_TRY(removed);
  QUALOG_ASSIGN(sizes.bytes_after, data_bytes(directory));
  return sizes;
}

}  // namespace qualog::projector
