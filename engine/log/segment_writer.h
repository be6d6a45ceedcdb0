// SPDX-License-Identifier: Apache-2.0
// The segment that is being appended to, and the one that comes next. A record is synced before the
// next is written; a failed write or sync ends the segment, so nothing is ever appended behind
// bytes of which nothing is known. The appending thread calls all but prepare(), which may run
// beside it.
#pragma once

#include "engine/log/files.h"
#include "engine/log/record.h"
#include "engine/log/segment.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace qualog::log {

class SegmentWriter {
 public:
  // Stands behind the header of the first segment, or at the end of an opened one.
  SegmentWriter(Files& files, Catalog catalog, SegmentSizes sizes)
      : files_(files), catalog_(std::move(catalog)), sizes_(sizes) {}

  // Goes on in an existing segment, which is not to be prepared again.
  Result<void> resume(std::uint64_t number, std::uint64_t end);

  Place end() const { return {number_, end_}; }
  // Whether a record fits, and behind it a Fence that could end it: a full disk must not keep an
  // owner from giving up an open group.
  bool fits(std::size_t bytes) const { return end_ + bytes + kFenceBytes <= bytes_; }
  bool fits_fence() const { return end_ + kFenceBytes <= bytes_; }

  // Writes one record at the end and syncs it. After an error the segment takes no more.
  Result<void> append(ByteView record);

  enum class Begun {
    Yes,
    Untouched,  // no byte of a header was written: this segment may go on
    Doubt,      // a header may lie there that ends this segment here: it takes no more
  };
  // Begins the next segment, with room for `bytes` and a Fence; its header holds `ids` and `state`
  // and ends this one at end(). On other outcomes than Yes `why` is set.
  Begun begin_next(const LogIds& ids, const State& state, std::size_t bytes, Error& why);

  // Makes the next segment ready while this one fills. Errors are met again by begin_next().
  void prepare();

 private:
  struct Ready {
    std::unique_ptr<File> file;
    std::uint64_t bytes = 0;
  };
  Result<Ready> make(std::uint64_t bytes);
  Result<Ready> take_ready(std::uint64_t bytes);

  Files& files_;
  Catalog catalog_;
  SegmentSizes sizes_;
  std::unique_ptr<File> file_;
  std::uint64_t number_ = 0;
  std::uint64_t bytes_ = 0;
  std::atomic<std::uint64_t> end_ = 0;
  std::mutex mutex_;  // ready_, and number_ and bytes_ against prepare()
  std::optional<Ready> ready_;
};

}  // namespace qualog::log
