// SPDX-License-Identifier: Apache-2.0
// The report of a plan as JSON: what comes of each kind, what stays and why, what is called
// otherwise here. Pure.
#pragma once

#include "tools/transfer/plan.h"

#include <boost/json/array.hpp>

namespace qualog::transfer {

// [{"kind","made","numbered","along","merged","same","left_out"}]
boost::json::array kinds_json(const Report& report);
// [{"kind","reason","count"}]
boost::json::array left_out_counts(const Report& report);
// The same with "names", which are words of the project.
boost::json::array left_out_json(const Report& report);
// [{"kind","name","became"}]
boost::json::array renamed_json(const Report& report);
// [{"name","profile"}]: the people who come without an account.
boost::json::array people_json(const Plan& plan, const Side& source);

// What a person of the source project is called; never empty.
std::string person_name(const Side& source, const ItemId& profile);

}  // namespace qualog::transfer
