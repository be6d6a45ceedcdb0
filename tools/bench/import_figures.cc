// SPDX-License-Identifier: Apache-2.0
// 100 000 codings as one group, durable, against the bare puts of the rows that they leave.
#include "schema/assert.h"
#include "tools/bench/figures.h"
#include "tools/bench/rows.h"
#include "tools/bench/workbench.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {
constexpr std::size_t kCodings = 100'000;
constexpr std::size_t kImportRuns = 3;
}  // namespace

std::vector<Figure> import_figures(const Extent& extent) {
  const auto codings = extent.of(kCodings);
  std::vector<double> ratios;
  std::string note;
  for (std::size_t run = 0; run < kImportRuns; ++run) {
    const auto directory = extent.scratch / "import";
    Workbench bench(directory);
    auto command = bench.study().codings(bench.study().new_session(), codings);
    const auto before = row_keys(bench.state());
    const double ours = seconds_of([&] {
      const auto answer = bench.owner().ask(std::move(command), "ada");
      QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
    });
    const auto rows = new_rows(bench.state(), bench.directory() / "log", before);
    const double floor = put_floor(extent.scratch, rows, rows.size());
    ratios.push_back(floor / ours);
    note = fmt::format("{:.2f} s for {} codings, bare puts of {} rows {:.2f} s", ours, codings,
                       rows.size(), floor);
    bench.close();
    std::filesystem::remove_all(directory);
  }
  const auto ratio = spread_of(ratios);
  return {{"import of 100 k codings as one group", ratio.median, "x bare puts", ">= 0.35",
           ratio.median >= 0.35, ratio.low, ratio.high, note}};
}

}  // namespace qualog::tools
