// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error. Exceptions do not cross a folder boundary.
// std::expected is not in C++20; boost::system::result stands in for it.
#pragma once

#include "schema/error.h"

#include <boost/system/result.hpp>

namespace qualog {

template <class T>
using Result = boost::system::result<T, Error>;

// Reached only by reading .value() of a failed Result: a programmer's error.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location&);

// An Error from a code and a message; converts to any Result.
inline Error fail(Code code, std::string message) { return Error{code, std::move(message)}; }

}  // namespace qualog

// Returns the error of a Result<void> to the caller.
#define QUALOG_TRY(expression)                                      \
  do {                                                              \
    if (auto tried_ = (expression); !tried_) return tried_.error(); \
  } while (false)

#define QUALOG_CONCAT_(a, b) a##b
#define QUALOG_CONCAT(a, b) QUALOG_CONCAT_(a, b)
#define QUALOG_ASSIGN_(result, target, expression) \
  auto result = (expression);                      \
  if (!result) return result.error();              \
  target = std::move(*result)

// target = the value of a Result<T>, or returns its error. `target` may declare a variable.
#define QUALOG_ASSIGN(target, expression) \
  QUALOG_ASSIGN_(QUALOG_CONCAT(result_, __LINE__), target, expression)
