// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/kafka/figures.h"

namespace qualog::tools {

// The takeover first: it forks, and no thread may be there yet.
std::vector<Figure> kafka_figures(const Extent& extent) {
  std::vector<Figure> figures;
  for (const auto part : {&kafka_takeover_figures, &kafka_catch_up_figures, &kafka_answer_figures,
                          &kafka_round_figures, &kafka_project_figures}) {
    const Extent own{extent.scratch / "kafka", extent.brief};
    for (auto& figure : part(own)) figures.push_back(std::move(figure));
    std::filesystem::remove_all(own.scratch);
  }
  return figures;
}

}  // namespace qualog::tools
