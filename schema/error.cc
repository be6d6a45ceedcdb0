// SPDX-License-Identifier: Apache-2.0
#include "schema/error.h"

namespace qualog {

std::string_view name(Code code) {
  switch (code) {
#define X(name, number, text) \
  case Code::name:            \
    return #name;
    QUALOG_ERROR_CODES(X)
#undef X
  }
  return "unlisted";
}

}  // namespace qualog
