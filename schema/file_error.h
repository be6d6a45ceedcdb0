// SPDX-License-Identifier: Apache-2.0
// What the operating system said of a file, as an Error: the one place that maps errno to a Code.
// The message names the path, what was attempted, the system's words and the next step; of what is
// missing only the caller knows that step. Pure.
#pragma once

#include "schema/result.h"

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

namespace qualog {

inline Code code_of_errno(int number) {
  if (number == ENOSPC || number == EDQUOT) return Code::no_space;
  return number == ENOENT ? Code::not_found : Code::io;
}

inline std::string_view next_step_of_errno(int number) {
  switch (number) {
    case ENOENT:
      return "";
    case ENOSPC:
    case EDQUOT:
      return "; make room there and try again";
    case EACCES:
    case EPERM:
      return "; run qualog as the account that owns it";
    case EROFS:
      return "; mount it so that it can be written";
    default:
      return "; see what lies there, and that its disk is mounted and well";
  }
}

// `act`: what was attempted, as "cannot read".
inline Error file_error(std::string_view act, const std::string& path, int number = errno) {
  return fail(code_of_errno(number), path + ": " + std::string(act) + ": " +
                                         std::generic_category().message(number) +
                                         std::string(next_step_of_errno(number)));
}

}  // namespace qualog
