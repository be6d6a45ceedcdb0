// SPDX-License-Identifier: Apache-2.0
// golden_log_write: writes tests/engine/golden/v1 if it is not there. What was written once must be
// read for ever, so it changes nothing that is there.
#include "tests/engine/golden/golden_log.h"

#include <fstream>
#include <iostream>

using namespace qualog::test;

int main() {
  const auto directory = golden_directory();
  if (std::filesystem::exists(directory)) {
    std::cerr << directory.string() << " is there already; a new one needs a new name\n";
    return 1;
  }
  std::filesystem::create_directories(directory);
  const auto written = write_golden_log(directory, kGoldenWord);
  const auto facts = written ? facts_of_log(directory) : written.error();
  if (!facts) {
    std::cerr << facts.error().message << "\n";
    return 1;
  }
  std::filesystem::remove(directory / "lock");
  std::ofstream(golden_facts(), std::ios::binary) << *facts;
  std::cout << *facts;
  return 0;
}
