// SPDX-License-Identifier: Apache-2.0
// The commands that list all that a project has of one kind: their options, and the functions that
// do it, as in tools/qualog/commands.h.
#pragma once

#include "projector/query/stripes.h"
#include "tools/qualog/globals.h"

#include <string>
#include <vector>

namespace qualog::tools {

struct ViewOptions {
  std::string project;
  std::string at;  // a sequence, a time or a milestone; empty: now
};
Exit classifications(const Globals& globals, const ViewOptions& options);
Exit relationships(const Globals& globals, const ViewOptions& options);
Exit sets(const Globals& globals, const ViewOptions& options);

struct StripesOptions {
  std::string project;
  std::string source;        // name or id
  std::string show = "all";  // a word of stripe_orders()
  std::vector<std::string> codes;
  std::vector<std::string> coders;
  std::string set;             // name or id; with `codes`: these too
  std::string classification;  // the same
  bool by_coder = false;
  bool density = false;
  std::size_t count = projector::kStripesMax;  // stripes at the most
  std::string at;
};
// What --show takes, in the order of projector::StripeOrder.
const std::vector<std::string>& stripe_orders();
Exit stripes(const Globals& globals, const StripesOptions& options);

}  // namespace qualog::tools
