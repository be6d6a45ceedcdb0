// SPDX-License-Identifier: Apache-2.0
// The text of a source, put together from its pieces. Sealed stretches keep their length: here they
// are U+FFFD, one for each code point, so that positions stay true without a key.
// Positions are code points, ends exclusive. One thread; views live as long as their object.
#pragma once

#include "projector/tables.h"
#include "projector/text/utf8_index.h"
#include "schema/result.h"

#include <memory>
#include <string>

namespace qualog::projector {

// A stretch of text as it is stored: plain words, or a part of what a seal hides.
struct Stretch {
  std::string_view plain;            // UTF-8; of a plain stretch
  const SealedText* seal = nullptr;  // of a sealed one:
  std::uint32_t begin = 0;           //   where it begins in the sealed text, and
  std::uint32_t length = 0;          //   its code points (of a plain one too)
};

// Visits the pieces of a text in order. Missing or unreadable texts are damage and left out.
void visit_stretches(const Reader& reader, const text::Pieces& pieces,
                     FunctionRef<void(const Stretch&)> visit);

// The content of a source as it was after the event `seen`; nothing when there is no such source.
// Reads the edits since, newest first. A text that was still missing at `seen` is as it came later.
std::optional<ContentRow> content_at(const Reader& reader, const ItemId& source, Sequence seen);

class SourceText {
 public:
  // Error: damaged. A source without a text, or none at all, gives an empty text.
  static Result<SourceText> of(const Reader& reader, const ItemId& source);
  static Result<SourceText> of(const Reader& reader, const ContentRow& content);

  const std::string& utf8() const { return *utf8_; }
  std::uint32_t length() const { return index_.length(); }
  bool has_sealed() const { return has_sealed_; }

  // Code points [begin, end), as far as the text goes.
  std::string_view slice(std::uint32_t begin, std::uint32_t end) const;

 private:
  SourceText(std::unique_ptr<std::string> utf8, text::Utf8Index index, bool has_sealed)
      : utf8_(std::move(utf8)), index_(std::move(index)), has_sealed_(has_sealed) {}

  std::unique_ptr<std::string> utf8_;  // does not move with its object: the index refers to it
  text::Utf8Index index_;
  bool has_sealed_;
};

// One look at a text; for several slices of one source make a SourceText. What is damaged is empty.
std::string source_text(const Reader& reader, const ItemId& source);
std::string source_slice(const Reader& reader, const ItemId& source, std::uint32_t begin,
                         std::uint32_t end);

}  // namespace qualog::projector
