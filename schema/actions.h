// SPDX-License-Identifier: Apache-2.0
// The catalogue by name: the union members of Action and Aside, as people and JSON call them.
// An action's name is its union member's first word, a point, and the other words in snake case:
// CodingWeightOrCommentSet is `coding.weight_or_comment_set`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::fb {
enum class Action : unsigned char;
enum class AsideBody : unsigned char;
enum class RefusalCode : unsigned char;
}  // namespace qualog::fb

namespace qualog {

// "coding.added"; "unknown" for a number that this version does not know.
std::string_view action_name(fb::Action action);
std::optional<fb::Action> action_by_name(std::string_view name);
// Every member, in the order of its number.
const std::vector<fb::Action>& all_actions();

// "conflict.refused".
std::string_view aside_name(fb::AsideBody body);

// "STALE", as printed in answers.
std::string_view refusal_name(fb::RefusalCode code);

// "WeightOrCommentSet" -> "weight_or_comment_set".
std::string snake_case(std::string_view camel_case);

}  // namespace qualog
