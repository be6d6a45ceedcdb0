// SPDX-License-Identifier: Apache-2.0
// Starting qualog-reader (tools/reader), which stands beside this program, on a file that is open.
// Whatever the file does to it (a fault, endless work, endless words) is one Error here. Thread
// safe; nothing is forked but to start it.
#pragma once

#include "tools/interchange/input_file.h"

#include <boost/json/object.hpp>

#include <string>

namespace qualog::documents {

struct ReaderAnswer {
  boost::json::object head;
  std::string text;
};

// `kind`: "pdf" or "media". Errors: invalid with the reader's reason; too_large for one that needs
// more than it may have; not_found when the program is not there.
Result<ReaderAnswer> ask_reader(const interchange::InputFile& input, const char* kind);

}  // namespace qualog::documents
