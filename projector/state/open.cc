// SPDX-License-Identifier: Apache-2.0
#include "projector/state/open.h"

#include "projector/state/durable_file.h"
#include "projector/state/replace.h"

namespace qualog::projector {

namespace {

using std::filesystem::path;

Result<void> make_environment(const path& directory) {
  QUALOG_TRY(remove_tree(directory));
  QUALOG_TRY(make_private_directory(directory));
  QUALOG_ASSIGN(const auto environment, Environment::open(directory, Environment::Mode::ReadWrite));
  QUALOG_TRY(environment->sync());
  return make_untouched(directory);
}

// The kernel may have failed to write pages of a program that crashed, and dropped them; the next
// sync of the file says so, once. A program that ends before it has acted on that leaves no mark.
Result<std::unique_ptr<Environment>> open_trusted(const path& directory) {
  QUALOG_ASSIGN(auto environment, Environment::open(directory, Environment::Mode::ReadWrite));
  QUALOG_TRY(unmark(directory));
  if (const auto synced = environment->sync(); !synced)
    return fail(Code::damaged, synced.error().message);
  QUALOG_TRY(mark_dirty(directory));
  return environment;
}

Result<std::unique_ptr<Environment>> open_fresh(const path& directory) {
  const path fresh = directory.string() + ".new";
  QUALOG_TRY(make_environment(fresh));
  QUALOG_TRY(put_in_place(fresh, directory));
  QUALOG_TRY(mark_dirty(directory));
  return Environment::open(directory, Environment::Mode::ReadWrite);
}

}  // namespace

Result<OpenedState> open_state(const path& directory) {
  QUALOG_ASSIGN(Trust found, read_mark(directory));
  if (found == Trust::Trusted) {
    auto environment = open_trusted(directory);
    if (environment) return OpenedState{std::move(*environment), found};
    if (environment.error().code != Code::damaged) return environment.error();
    found = Trust::Unreadable;
  }
  QUALOG_ASSIGN(auto environment, open_fresh(directory));
  return OpenedState{std::move(environment), found};
}

Result<std::unique_ptr<Environment>> open_state_for_reading(const path& directory) {
  QUALOG_ASSIGN(const Trust found, read_mark(directory));
  if (found != Trust::Trusted) return std::unique_ptr<Environment>{};
  auto environment = Environment::open(directory, Environment::Mode::ReadOnly);
  if (environment) return environment;
  const auto code = environment.error().code;
  if (code == Code::damaged || code == Code::held) return std::unique_ptr<Environment>{};
  return environment.error();
}

// While it is not known whether the sync succeeds, there is no mark: what it fails to write is told
// to nobody after this program.
Result<void> close_state(std::unique_ptr<Environment> environment, const path& directory) {
  QUALOG_TRY(unmark(directory));
  QUALOG_TRY(environment->sync());
  environment.reset();
  return mark_clean(directory);
}

}  // namespace qualog::projector
