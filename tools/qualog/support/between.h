// SPDX-License-Identifier: Apache-2.0
// Between: a stretch of a project's history as --from and --to give it, each a sequence or a time
// (RFC 3339), both ends with it. Pure.
#pragma once

#include "replay/moment.h"

#include <optional>
#include <string>

namespace qualog::tools {

class Between {
 public:
  // None: no end on that side. Error: invalid.
  static Result<Between> parse(const std::optional<std::string>& from,
                               const std::optional<std::string>& to);

  bool holds(Sequence sequence, std::int64_t time) const;
  // Whether an event lies before the stretch, as all before it then do, or behind it.
  bool is_before(Sequence sequence, std::int64_t time) const;
  bool is_behind(Sequence sequence, std::int64_t time) const;

 private:
  std::optional<replay::Wanted> from_;
  std::optional<replay::Wanted> to_;
};

}  // namespace qualog::tools
