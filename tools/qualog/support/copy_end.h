// SPDX-License-Identifier: Apache-2.0
// Where a copy ends that was made while its project ran, and what lies behind that. Pure.
#pragma once

#include "schema/ids.h"

#include <boost/json/object.hpp>

#include <string>

namespace qualog::tools {

struct CopyEnd {
  Sequence ends;  // the last event that it has
  std::uint64_t tail_bytes = 0;
  bool tail_has_records = false;
};

// The copy end of what was read of a log: a ReadSummary or a VerifyReport with copy_ends.
template <class Read>
CopyEnd copy_end_of(const Read& read) {
  return {*read.copy_ends, read.tail_bytes, read.tail_has_records};
}

// In one line, with what to do where more than its end is lost.
std::string words_of(const CopyEnd& copy);
// copy_ends, tail_bytes, tail_has_records.
boost::json::object json_of(const CopyEnd& copy);

}  // namespace qualog::tools
