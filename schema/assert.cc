// SPDX-License-Identifier: Apache-2.0
#include "schema/assert.h"

#include "schema/result.h"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace qualog {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "qualog: %s:%d: assertion failed: %s\n", file, line, condition);
  std::abort();
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::logic_error(error.message);
}

}  // namespace qualog
