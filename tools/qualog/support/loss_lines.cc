// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/loss_lines.h"

#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

#include <boost/json/object.hpp>
#include <fmt/format.h>

namespace qualog::tools {

namespace {

using interchange::Loss;
using interchange::LossKind;

constexpr std::size_t kLineCells = 100;

void print_kind(const std::vector<Loss>& losses, LossKind kind, const char* title) {
  bool first = true;
  for (const auto& loss : losses) {
    if (loss.kind != kind) continue;
    if (first) print("\n{}:\n", title);
    first = false;
    print("{}\n",
          cut(fmt::format("{:>9}  {}: {}", loss.count, loss.element, loss.reason), kLineCells));
  }
}

}  // namespace

boost::json::array losses_json(const std::vector<Loss>& losses) {
  boost::json::array list;
  for (const auto& loss : losses)
    list.push_back({{"element", loss.element},
                    {"count", loss.count},
                    {"reason", loss.reason},
                    {"kind", loss.kind == LossKind::Lost ? "lost" : "doubt"}});
  return list;
}

void print_losses(const std::vector<Loss>& losses) {
  print_kind(losses, LossKind::Lost, "Lost");
  print_kind(losses, LossKind::Doubt, "Read with a doubt");
}

}  // namespace qualog::tools
