// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/plan.h"

#include "schema/actions.h"

namespace qualog::stream {

namespace {

bool never_leaves(const Slot& slot) {
  return slot.element == Shape::Hash || slot.shape == Shape::ByteList || slot.shape == Shape::Union;
}

bool fits(Col col, Shape shape) {
  if (columns()[static_cast<std::size_t>(col)].holds == Holds::Number)
    return shape == Shape::Integer;
  return shape == Shape::Id || shape == Shape::String || shape == Shape::Text ||
         shape == Shape::Enum;
}

std::vector<FieldPlan> inner_fields(std::string_view action, const Layout& table,
                                    const std::string& path);

FieldPlan field_plan(std::string_view action, const Slot& slot, const std::string& path) {
  FieldPlan plan;
  plan.slot = &slot;
  plan.telling = telling_of(action, path + slot.name);
  if (slot.element == Shape::Text) plan.length_name = slot.name + "_length";
  if (slot.table != nullptr) plan.inner = inner_fields(action, *slot.table, path + slot.name + ".");
  return plan;
}

std::vector<FieldPlan> inner_fields(std::string_view action, const Layout& table,
                                    const std::string& path) {
  std::vector<FieldPlan> fields;
  for (const Slot& slot : table.slots)
    if (!never_leaves(slot)) fields.push_back(field_plan(action, slot, path));
  return fields;
}

ActionPlan make_plan(fb::Action kind, const Layout& layout) {
  ActionPlan plan{action_name(kind), entity_of(action_name(kind)), {}};
  const Slot* target = target_of(layout);
  for (auto& field : inner_fields(plan.action, layout, "")) {
    field.is_entity = field.slot == target;
    const auto col = column_of(plan.action, field.slot->name);
    if (col && fits(*col, field.slot->shape)) field.col = col;
    plan.fields.push_back(std::move(field));
  }
  return plan;
}

std::array<std::optional<ActionPlan>, 256> make_plans() {
  std::array<std::optional<ActionPlan>, 256> plans;
  for (const fb::Action kind : all_actions()) {
    const Layout* layout = layout_of(kind);
    if (layout->served()) plans[static_cast<std::size_t>(kind)] = make_plan(kind, *layout);
  }
  return plans;
}

}  // namespace

boost::json::string in_json(std::string_view words) {
  return boost::json::string(words.data(), words.size());
}

const ActionPlan* plan_of(fb::Action action) {
  static const auto plans = make_plans();
  const auto& plan = plans[static_cast<std::size_t>(action)];
  return plan ? &*plan : nullptr;
}

}  // namespace qualog::stream
