// SPDX-License-Identifier: Apache-2.0
// The golden log: a small project as the first release wrote it, with everything that is hard to
// read again: sealed texts and names, characters outside the basic plane, groups over several
// records, a discarded group, refusals, repetitions, merges, edits of the text, undo of all of it.
// Whoever folds it, without any key, comes to the facts that lie beside it, for ever.
// golden_log_write writes a golden log that is not there yet; none is ever changed.
#pragma once

#include "engine/folding.h"
#include "projector/digest.h"

#include <filesystem>
#include <string>
#include <vector>

namespace qualog::test {

// The log, and the file with its facts.
std::filesystem::path golden_directory();
std::filesystem::path golden_facts();

// What the log in `directory` folds to, a line a fact: "state_digest 0123...".
Result<std::string> facts_of_log(const std::filesystem::path& directory);
// The same of a folding that has read a log.
Result<std::string> facts_of(engine::MemoryFolding& folding);

// A new golden log in `directory`, which exists and is empty; the same in every run. `word` is in
// the middle of its text.
Result<void> write_golden_log(const std::filesystem::path& directory, std::string_view word);
inline constexpr std::string_view kGoldenWord = "nobody";

}  // namespace qualog::test
