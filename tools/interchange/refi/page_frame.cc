// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/page_frame.h"

namespace qualog::interchange {

namespace {

struct OriginFrame {
  std::string_view program;  // found anywhere in Project@origin
  bool from_top;
};

constexpr OriginFrame kOriginFrames[] = {
    {"ATLAS.ti", false}, {"MAXQDA", false}, {"QualCoder", true}};

}  // namespace

PageFrame page_frame(std::string_view origin) {
  for (const OriginFrame& row : kOriginFrames) {
    if (origin.find(row.program) != origin.npos) return {row.from_top, true};
  }
  return {};
}

}  // namespace qualog::interchange
