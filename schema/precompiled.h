// SPDX-License-Identifier: Apache-2.0
// What nearly every source includes in the end, compiled once a build. No source includes this
// file: each names what it uses.
#pragma once

#include "schema/fbs/aside_generated.h"
#include "schema/fbs/command_generated.h"
#include "schema/fbs/event_generated.h"

#include <boost/json.hpp>
#include <boost/system/result.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>
