// SPDX-License-Identifier: Apache-2.0
// qualog-reader pdf|media < FILE: what a file of an untrusted format holds, told on stdout. A
// process of its own, so that a library that a bad file brings down or leads astray takes nothing
// with it: before it reads a byte it gives up memory beyond a limit, time, files to write and new
// privileges. First a line of JSON, {"error": ...} or what was found, then the text, if any.
#include "schema/limits.h"
#include "tools/reader/media.h"
#include "tools/reader/pdf.h"

#include <boost/json/serialize.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>

namespace {

using namespace qualog;
using reader::Found;

struct Limit {
  decltype(RLIMIT_CPU) what;
  rlim_t most;
};

constexpr Limit kLimits[] = {{RLIMIT_AS, limits::kReaderMemoryBytesMax},
                             {RLIMIT_CPU, limits::kReaderSecondsMax},
                             {RLIMIT_FSIZE, 0},
                             {RLIMIT_CORE, 0},
                             {RLIMIT_NOFILE, 32}};

bool give_up_what_is_not_needed() {
  for (const Limit& row : kLimits) {
    rlimit limit{};
    if (::getrlimit(row.what, &limit) != 0) return false;
    limit.rlim_max = limit.rlim_cur = std::min(limit.rlim_max, row.most);
    if (::setrlimit(row.what, &limit) != 0) return false;
  }
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

struct Kind {
  std::string_view name;
  Found (*read)();
};

constexpr Kind kKinds[] = {{"pdf", &reader::read_pdf}, {"media", &reader::read_media}};

Found read(std::string_view name) {
  try {
    for (const Kind& kind : kKinds)
      if (kind.name == name) return kind.read();
  } catch (const std::exception&) {
    return reader::failed("it is broken, or larger than the reader may hold; export it again");
  }
  return reader::failed("no such kind of file");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !give_up_what_is_not_needed()) return 2;
  const Found found = read(argv[1]);
  const std::string head = boost::json::serialize(found.head) + "\n";
  std::fwrite(head.data(), 1, head.size(), stdout);
  std::fwrite(found.text.data(), 1, found.text.size(), stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
