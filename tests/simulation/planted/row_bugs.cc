// SPDX-License-Identifier: Apache-2.0
#include "schema/actions.h"
#include "tests/simulation/planted/bugs.h"
#include "tests/simulation/written.h"

namespace qualog::simulation {

namespace {

using engine::Need;
using engine::Rule;
using projector::Kind;

const engine::KindSet kEveryKind = engine::KindSet::all();

// All that can be forgotten in one row.
class Forgetting {
 public:
  explicit Forgetting(const Rule& row) : row_(row) {}

  std::vector<PlantedBug> bugs() {
    of_people();
    of_references();
    of_writes();
    of_names();
    of_functions();
    return std::move(bugs_);
  }

 private:
  void add(const std::string& what, std::function<void(Rule&)> change,
           std::string_view where = {}) {
    auto name = what + ":" + std::string(action_name(row_.action));
    if (!where.empty()) name += "." + std::string(where);
    bugs_.push_back({std::move(name), std::move(change), row_.action, {}});
  }

  void of_people() {
    const bool is_lower = row_.need == Need::Owner || row_.need == Need::Self;
    if (is_lower) add("need", [](Rule& row) { row.need = Need::Contributor; });
    if (row_.lease == engine::LeaseRule::None) return;
    add("lease", [](Rule& row) { row.lease = engine::LeaseRule::None, row.leased = {}; });
  }

  void of_references() {
    for (std::size_t n = 0; n < row_.references.size(); ++n) {
      const auto& reference = row_.references[n];
      add(
          "kinds", [n](Rule& row) { row.references[n].kinds = kEveryKind; }, reference.field);
      // A profile never ends.
      if (reference.any_standing || reference.kinds == engine::KindSet{Kind::Profile}) continue;
      add(
          "standing", [n](Rule& row) { row.references[n].any_standing = true; }, reference.field);
    }
    if (!row_.creates.empty()) add("creates", [](Rule& row) { row.creates = {}; });
  }

  void of_writes() {
    // Of several facets that are written together, each would be found for the other.
    const bool looks = std::ranges::any_of(
        row_.writes, [](const auto& write) { return write.check == engine::Check::Version; });
    if (looks) add("version", looks_at_nothing);
    if (!row_.deletes.empty()) add("deletes", [](Rule& row) { row.deletes = {}; });
    const bool never = row_.undo == engine::UndoRule::Never;
    if (never) add("undo", [](Rule& row) { row.undo = engine::UndoRule::Restore; });
  }

  void of_names() {
    if (!row_.named.empty()) add("named", [](Rule& row) { row.named = {}; });
    if (!row_.parent.empty()) add("parent", [](Rule& row) { row.parent = {}; });
    if (!row_.completes.empty()) add("completes", [](Rule& row) { row.completes = {}; });
  }

  void of_functions() {
    if (row_.special.check != nullptr) add("special", [](Rule& row) { row.special = {}; });
    if (row_.adjust != nullptr) add("adjust", [](Rule& row) { row.adjust = nullptr; });
    if (row_.compute != nullptr) add("compute", [](Rule& row) { row.compute = nullptr; });
    if (row_.repeats != nullptr) add("repeats", [](Rule& row) { row.repeats = nullptr; });
    if (row_.repeats == nullptr && row_.creates.empty())
      add("always repeats",
          [](Rule& row) { row.repeats = [](const engine::Question&) { return true; }; });
  }

  static void looks_at_nothing(Rule& row) {
    for (std::size_t n = 0; n < row.writes.size(); ++n) row.writes[n].check = engine::Check::None;
    row.deletes = {};
  }

  const Rule& row_;
  std::vector<PlantedBug> bugs_;
};

// A row that waits is never accepted, with its columns or without.
bool waits(const Rule& row) { return row.need == Need::Server || row.need == Need::Nobody; }

}  // namespace

std::vector<PlantedBug> row_bugs() {
  std::vector<PlantedBug> all;
  for (const auto& row : engine::written_rules())
    if (!waits(row))
      for (auto& bug : Forgetting(*written_row(row.action)).bugs()) all.push_back(std::move(bug));
  return all;
}

}  // namespace qualog::simulation
