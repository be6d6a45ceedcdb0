// SPDX-License-Identifier: Apache-2.0
// The parts of kafka_figures (figures.h), each with what it needs on the cluster.
#pragma once

#include "tools/bench/figures.h"

namespace qualog::tools {

std::vector<Figure> kafka_answer_figures(const Extent& extent);    // one session
std::vector<Figure> kafka_round_figures(const Extent& extent);     // 64 sessions on one project
std::vector<Figure> kafka_project_figures(const Extent& extent);   // 64 projects
std::vector<Figure> kafka_takeover_figures(const Extent& extent);  // of an owner that was killed
std::vector<Figure> kafka_catch_up_figures(const Extent& extent);  // of a new machine

}  // namespace qualog::tools
