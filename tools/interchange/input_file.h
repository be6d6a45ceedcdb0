// SPDX-License-Identifier: Apache-2.0
// A regular file opened for reading, and ByteSource: bytes pulled piece by piece, so that no reader
// of this folder needs a whole file in memory. Messages name what is read by a label, never by its
// content. One thread an object.
#pragma once

#include "schema/chain.h"
#include "schema/result.h"

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace qualog::interchange {

// Fills the span and gives how many bytes; 0 at the end. An error is final.
using ByteSource = std::function<Result<std::size_t>(std::span<char>)>;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

struct InputFile {
  FileHandle file;
  std::uint64_t size = 0;
};

// Errors: not_found; invalid for what is no regular file; io.
Result<InputFile> open_input(const std::filesystem::path& path);

// Up to `wanted` bytes from `offset`; fewer only at the end of the file. Errors: io.
Result<std::string> read_at(const InputFile& input, std::uint64_t offset, std::size_t wanted);

// The file from its first byte. The source shares the handle.
ByteSource file_source(InputFile input);

// SHA-256 of the whole file. Errors: io.
Result<Digest> digest_of(InputFile input);

// All bytes of a source; too_large past `bytes_max`. `expected` is how many there probably are (no
// memory beyond it is taken if that is right). `label` names the thing in the message.
Result<std::string> read_all(const ByteSource& source, std::uint64_t expected,
                             std::uint64_t bytes_max, const std::string& label);

}  // namespace qualog::interchange
