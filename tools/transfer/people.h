// SPDX-License-Identifier: Apache-2.0
// The table of people: who of the other project is who here, a line each, `there = here`; lines
// that are empty or begin with # say nothing. Nobody is ever mapped by the likeness of a name.
// Pure.
#pragma once

#include "schema/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace qualog::transfer {

struct PersonPair {
  std::string there;  // an account, a name or the id of a profile
  std::string here;
  std::size_t line = 0;
};

// Errors: invalid, naming the line: it has no = or nothing on one side of it, or somebody is mapped
// twice; what is no UTF-8.
Result<std::vector<PersonPair>> parse_people(std::string_view table);

}  // namespace qualog::transfer
