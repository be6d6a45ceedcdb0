// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/copy_end.h"

#include <fmt/format.h>

namespace qualog::tools {

std::string words_of(const CopyEnd& copy) {
  auto words = fmt::format("this copy was made while the project ran; it ends after event {}",
                           copy.ends.value);
  if (copy.tail_bytes > 0) words += fmt::format("; {} bytes behind it are void", copy.tail_bytes);
  if (copy.tail_has_records)
    words +=
        ", though whole records lie among them: compare it with the original, or restore "
        "another copy";
  return words;
}

boost::json::object json_of(const CopyEnd& copy) {
  return {{"copy_ends", copy.ends.value},
          {"tail_bytes", copy.tail_bytes},
          {"tail_has_records", copy.tail_has_records}};
}

}  // namespace qualog::tools
