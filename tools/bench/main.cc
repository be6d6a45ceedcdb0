// SPDX-License-Identifier: Apache-2.0
// qualog-bench [--json] [--brief] [PART...]: the figures of docs/figures.md, measured now on this
// machine. PART: answer, decide, round, import, history, memory, splice (default: these); kafka,
// mirror, on the brokers at QUALOG_KAFKA_BOOTSTRAP, which `./dev bench kafka` starts. --brief: a
// hundredth of the work, which measures nothing. Scratch files lie in QUALOG_SCRATCH, or in the
// current directory: a disk in memory would make every sync free.
#include "tools/bench/figures.h"
#include "tools/bench/kafka/ground.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <unistd.h>

namespace qualog::tools {

namespace {

using Part = std::vector<Figure> (*)(const Extent&);
const std::map<std::string, Part> kParts = {
    {"answer", &answer_figures},   {"decide", &decide_figures}, {"splice", &splice_figures},
    {"memory", &memory_figures},   {"round", &round_figures},   {"import", &import_figures},
    {"history", &history_figures}, {"kafka", &kafka_figures},   {"mirror", &mirror_figures}};
const std::set<std::string> kWithoutBrokers = {"answer",  "decide", "round", "import",
                                               "history", "memory", "splice"};

const char* verdict_on(const Figure& figure) {
  if (figure.goal.empty()) return "";
  return figure.met ? "met" : "missed";
}

void print(const Figure& figure, bool json) {
  if (json) {
    const boost::json::object line{{"figure", figure.name}, {"value", figure.value},
                                   {"unit", figure.unit},   {"goal", figure.goal},
                                   {"met", figure.met},     {"low", figure.low},
                                   {"high", figure.high},   {"note", figure.note}};
    fmt::print("{}\n", boost::json::serialize(line));
  } else {
    fmt::print("{:<42} {:>8.3f} {:<22} {:<8} {:<6} ({:.3f} .. {:.3f})\n", figure.name, figure.value,
               figure.unit, figure.goal, verdict_on(figure), figure.low, figure.high);
    if (!figure.note.empty()) fmt::print("    {}\n", figure.note);
  }
  std::fflush(stdout);
}

std::filesystem::path make_scratch() {
  const char* named = std::getenv("QUALOG_SCRATCH");
  const std::filesystem::path base = named != nullptr ? named : ".";
  const auto path = base / fmt::format("qualog-bench.{}", ::getpid());
  std::filesystem::create_directories(path);
  return path;
}

struct Wish {
  bool json = false;
  bool brief = false;
  std::set<std::string> parts;
};

std::optional<Wish> wish_of(int argc, char** argv) {
  Wish wish;
  for (int at = 1; at < argc; ++at) {
    const std::string argument = argv[at];
    if (argument == "--json") {
      wish.json = true;
    } else if (argument == "--brief") {
      wish.brief = true;
    } else if (kParts.contains(argument)) {
      wish.parts.insert(argument);
    } else {
      fmt::print(stderr,
                 "qualog-bench: no part \"{}\"; parts: answer decide round import history memory "
                 "splice kafka mirror\n",
                 argument);
      return std::nullopt;
    }
  }
  if (wish.parts.empty()) wish.parts = kWithoutBrokers;
  if ((!wish.parts.contains("kafka") && !wish.parts.contains("mirror")) || has_kafka()) return wish;
  fmt::print(stderr,
             "qualog-bench: QUALOG_KAFKA_BOOTSTRAP names no brokers; `./dev bench kafka` and "
             "`./dev bench mirror` start some\n");
  return std::nullopt;
}

}  // namespace

}  // namespace qualog::tools

int main(int argc, char** argv) {
  using namespace qualog::tools;
  const auto wish = wish_of(argc, argv);
  if (!wish) return 2;
  const Extent extent{make_scratch(), wish->brief};
  for (const auto& name : wish->parts)
    for (const auto& figure : kParts.at(name)(extent)) print(figure, wish->json);
  std::filesystem::remove_all(extent.scratch);
  return 0;
}
