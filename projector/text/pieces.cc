// SPDX-License-Identifier: Apache-2.0
#include "projector/text/pieces.h"

#include "schema/assert.h"
#include "schema/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace qualog::text {

namespace {

bool goes_on(const Piece& piece, const Piece& next) {
  return piece.text == next.text && std::uint64_t{piece.begin} + piece.length == next.begin;
}

void append(Pieces& pieces, const Piece& piece) {
  if (piece.length == 0) return;
  if (!pieces.empty() && goes_on(pieces.back(), piece)) {
    pieces.back().length += piece.length;
  } else {
    pieces.push_back(piece);
  }
}

// Reads a list from front to back, any number of code points at a time.
class Reader {
 public:
  explicit Reader(std::span<const Piece> pieces) : rest_(pieces) {}

  void skip(std::uint64_t count) { read(count, nullptr); }
  void take(std::uint64_t count, Pieces& into) { read(count, &into); }

 private:
  void read(std::uint64_t count, Pieces* into) {
    while (count > 0) {
      QUALOG_ASSERT(!rest_.empty());
      const Piece& piece = rest_.front();
      const auto part =
          static_cast<std::uint32_t>(std::min<std::uint64_t>(count, piece.length - used_));
      if (into != nullptr) append(*into, {piece.text, piece.begin + used_, part});
      advance(part);
      count -= part;
    }
  }

  void advance(std::uint32_t count) {
    used_ += count;
    if (used_ < rest_.front().length) return;
    rest_ = rest_.subspan(1);
    used_ = 0;
  }

  std::span<const Piece> rest_;
  std::uint32_t used_ = 0;  // code points read of the first piece of rest_
};

std::uint64_t insert_length(std::span<const Splice> splices) {
  return std::accumulate(
      splices.begin(), splices.end(), std::uint64_t{0},
      [](std::uint64_t sum, const Splice& splice) { return sum + splice.insert_length; });
}

Result<void> check_lengths(std::uint64_t length_before, std::span<const Splice> splices,
                           std::uint64_t inserted_length) {
  if (length_before > limits::kSourceCodePointsMax) {
    return fail(Code::too_large, fmt::format("the text holds {} code points, at most {}; divide it",
                                             length_before, limits::kSourceCodePointsMax));
  }
  QUALOG_TRY(check(splices, static_cast<std::uint32_t>(length_before)));
  if (const std::uint64_t wanted = insert_length(splices); wanted != inserted_length) {
    return fail(Code::invalid,
                fmt::format("the splices insert {} code points, the inserted text has {}; send "
                            "lengths in code points",
                            wanted, inserted_length));
  }
  return {};
}

}  // namespace

std::uint64_t length(std::span<const Piece> pieces) {
  return std::accumulate(pieces.begin(), pieces.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Piece& piece) { return sum + piece.length; });
}

Pieces normalised(std::span<const Piece> pieces) {
  Pieces result;
  for (const Piece& piece : pieces) append(result, piece);
  return result;
}

Pieces slice(std::span<const Piece> pieces, std::uint32_t begin, std::uint32_t end) {
  QUALOG_ASSERT(begin <= end);
  Pieces result;
  Reader reader(pieces);
  reader.skip(begin);
  reader.take(end - begin, result);
  return result;
}

Result<Applied> apply(std::span<const Piece> pieces, std::span<const Splice> splices,
                      std::span<const Piece> inserted) {
  const std::uint64_t length_before = length(pieces);
  QUALOG_TRY(check_lengths(length_before, splices, length(inserted)));
  Applied result;
  Reader old_text(pieces);
  Reader new_text(inserted);
  std::uint32_t done = 0;
  for (const Splice& splice : splices) {
    old_text.take(splice.position - done, result.text);
    old_text.take(splice.delete_length, result.removed);
    new_text.take(splice.insert_length, result.text);
    done = splice.position + splice.delete_length;
  }
  old_text.take(length_before - done, result.text);
  return result;
}

}  // namespace qualog::text
