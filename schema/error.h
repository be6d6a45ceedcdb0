// SPDX-License-Identifier: Apache-2.0
// Errors of the machine: what went wrong outside the rules of the project.
// A code exists only if somebody reacts to it differently; numbers are never reused. A conflict
// between people is not an Error: it is a Refusal (engine/rules/refusal.h). One message is one line
// that names the place, the cause and the next step, and never holds text of a source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qualog {

#define QUALOG_ERROR_CODES(X)                                             \
  /* the caller's fault */                                                \
  X(invalid, 1, "the input is malformed")                                 \
  X(not_found, 2, "no such project, event or user")                       \
  X(too_large, 3, "a limit of schema/limits.h is passed")                 \
  X(forbidden, 4, "not signed in or not allowed")                         \
  /* a race */                                                            \
  X(conflict, 20, "somebody was first")                                   \
  X(held, 21, "another process owns the project")                         \
  X(moved, 22, "the log is sealed; the project goes on in another place") \
  /* the outcome is not known */                                          \
  X(unknown_outcome, 30, "a write may or may not have happened")          \
  /* the network's */                                                     \
  X(unreachable, 31, "no broker answers")                                 \
  /* ours */                                                              \
  X(io, 40, "the operating system refused a file operation")              \
  X(no_space, 41, "the disk is full")                                     \
  X(damaged, 42, "stored bytes are not what was written")                 \
  X(too_new, 43, "written by a newer version")                            \
  X(read_only, 44, "the project takes no writes until it is opened again")

enum class Code : std::uint16_t {
#define X(name, number, text) name = number,
  QUALOG_ERROR_CODES(X)
#undef X
};

// The name of a code as printed in messages and JSON.
std::string_view name(Code code);

struct Error {
  Code code;
  std::string message;
};

}  // namespace qualog
