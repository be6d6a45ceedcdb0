// SPDX-License-Identifier: Apache-2.0
// qualog blob put|get|ls|discard: the files of a project, under the hash of their bytes.
#include "replay/discard.h"
#include "tools/import/bring.h"
#include "tools/qualog/blobs/transfer.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

namespace {

using engine::BlobInfo;

Result<Digest> hash_from(const std::string& digits) {
  const auto bytes = from_hex(digits);
  Digest hash;
  if (bytes.size() != hash.size())
    return fail(Code::invalid,
                "a file is named by its hash, 64 hexadecimal digits; qualog blob ls prints them");
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

// Readers may look; who writes may bring files.
Result<engine::ProjectPlace> place_to_read(const Globals& globals, const std::string& project) {
  QUALOG_ASSIGN(auto place, globals.place(project));
  QUALOG_ASSIGN(const auto view, globals.view(place));
  return place;
}

Result<engine::ProjectPlace> place_to_write(const Globals& globals, const std::string& project) {
  QUALOG_ASSIGN(auto place, globals.place(project));
  QUALOG_ASSIGN(const auto view, globals.view(place));
  QUALOG_TRY(check_may_write(view->state(), globals.actor));
  return place;
}

void print_brought(const Globals& globals, const Brought& brought) {
  const auto hash = hex(brought.blob.hash);
  if (globals.json)
    return print_line({{"hash", hash},
                       {"size", brought.blob.size},
                       {"resumed_from", brought.from},
                       {"was_there", brought.was_there}});
  print("{}\n", hash);
}

// Looked at again behind the upload: what comes into a project that has moved meanwhile may have
// been left behind.
Result<Exit> put_one(const Globals& globals, const BlobOptions& options) {
  QUALOG_ASSIGN(const auto place, place_to_write(globals, options.project));
  const auto brought = [&] {
    ProgressLine progress("uploading", "bytes");
    return bring(*place.blobs, options.file, options.resume, std::ref(progress));
  }();
  if (!brought) return brought.error();
  QUALOG_TRY(globals.view(place.id.text()));
  print_brought(globals, *brought);
  return Exit::done;
}

Result<Exit> get_one(const Globals& globals, const BlobOptions& options) {
  QUALOG_ASSIGN(const auto hash, hash_from(options.hash));
  QUALOG_ASSIGN(const auto place, place_to_read(globals, options.project));
  QUALOG_ASSIGN(const auto size, fetch(*place.blobs, hash, options.file));
  if (globals.json)
    print_line({{"hash", hex(hash)}, {"size", size}, {"file", one_line(options.file)}});
  return Exit::done;
}

// ---- ls

std::vector<engine::UnfinishedBlob> with_unfinished(const std::vector<BlobInfo>& complete,
                                                    std::vector<engine::UnfinishedBlob> others) {
  std::vector<engine::UnfinishedBlob> all;
  for (const auto& blob : complete) all.push_back({blob, blob.size});
  std::erase_if(others, [&](const auto& other) {
    return std::find(complete.begin(), complete.end(), other.blob) != complete.end();
  });
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

Result<Exit> list(const Globals& globals, const BlobOptions& options) {
  QUALOG_ASSIGN(const auto place, place_to_read(globals, options.project));
  QUALOG_ASSIGN(const auto complete, place.blobs->complete());
  QUALOG_ASSIGN(auto unfinished, place.blobs->unfinished());
  Table table({{"Hash", Align::left, true}, {"Size", Align::right, true}, {"Upload"}});
  std::size_t n = 0;
  for (const auto& file : with_unfinished(complete, std::move(unfinished))) {
    const bool is_complete = n++ < complete.size();
    if (globals.json)
      print_line({{"hash", hex(file.blob.hash)},
                  {"size", file.blob.size},
                  {"there", file.there},
                  {"complete", is_complete}});
    else
      table.add({hex(file.blob.hash), std::to_string(file.blob.size),
                 is_complete ? "complete" : fmt::format("{} bytes came", file.there)});
  }
  if (!globals.json) table.print(globals.csv);
  return Exit::done;
}

// ---- discard

// What was taken away.
enum class Discarded { upload, file };

struct DiscardedRow {
  std::string_view word;  // of JSON
  std::string_view line;
};

DiscardedRow row_of(Discarded what) {
  if (what == Discarded::upload)
    return {"upload", "took away what had come of its upload; a whole file would stay"};
  return {"file", "took the file away"};
}

// An upload that is unfinished, else a file that came and was never named.
Result<Discarded> discard_any(const Globals& globals, const std::string& project,
                              const Digest& hash) {
  QUALOG_ASSIGN(const auto place, place_to_write(globals, project));
  const auto discarded = place.blobs->discard(hash);
  if (discarded) return Discarded::upload;
  if (discarded.error().code != Code::not_found) return discarded.error();
  QUALOG_TRY(replay::discard_file(place, globals.effects(), hash));
  return Discarded::file;
}

Result<Exit> discard(const Globals& globals, const BlobOptions& options) {
  QUALOG_ASSIGN(const auto hash, hash_from(options.hash));
  QUALOG_ASSIGN(const auto discarded, discard_any(globals, options.project, hash));
  const auto row = row_of(discarded);
  if (globals.json)
    print_line({{"hash", hex(hash)}, {"discarded", row.word}});
  else
    print("{}: {}\n", hex(hash), row.line);
  return Exit::done;
}

}  // namespace

Exit blob_put(const Globals& globals, const BlobOptions& options) {
  return finish(globals, put_one(globals, options));
}

Exit blob_get(const Globals& globals, const BlobOptions& options) {
  return finish(globals, get_one(globals, options));
}

Exit blob_ls(const Globals& globals, const BlobOptions& options) {
  return finish(globals, list(globals, options));
}

Exit blob_discard(const Globals& globals, const BlobOptions& options) {
  return finish(globals, discard(globals, options));
}

}  // namespace qualog::tools
