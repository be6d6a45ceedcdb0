// SPDX-License-Identifier: Apache-2.0
// QUALOG_ASSERT stays on in release: a programmer's error stops the process rather than go on
// wrong. Bytes from disk, network or people are never asserted about: they give an Error.
#pragma once

namespace qualog {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}

#define QUALOG_ASSERT(condition) \
  ((condition) ? void(0) : ::qualog::assertion_failed(#condition, __FILE__, __LINE__))
