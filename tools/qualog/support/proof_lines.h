// SPDX-License-Identifier: Apache-2.0
// What a proof has found that is not what was written: for scripts and for people.
#pragma once

#include "replay/verify.h"

#include <boost/json/object.hpp>

namespace qualog::tools {

// ok (false), file, offset, sequence (of the last good event), reason.
boost::json::object damage_json(const log::Damage& damage);
// The same of a file that an event names, `sequence` being that event's, and its hash.
boost::json::object file_json(const replay::FileDamage& file);

// A line for each place, and on stderr where to read on; nothing where nothing is damaged.
void print_damage(const replay::VerifyReport& report);

}  // namespace qualog::tools
