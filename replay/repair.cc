// SPDX-License-Identifier: Apache-2.0
#include "replay/repair.h"

#include "replay/members.h"

namespace qualog::replay {

namespace {

// One repair: proof, a state folded anew where it has to be, a compact one.
class Repair {
 public:
  Repair(const engine::ProjectPlace& place, engine::Effects effects, const RepairOptions& options)
      : place_(place), effects_(effects), options_(options) {}

  Result<RepairReport> run() {
    QUALOG_ASSIGN(report_.proof, proved(!options_.state_unreadable));
    if (must_fold_anew()) QUALOG_TRY(fold_anew());
    if (report_.proof.damage.empty() && !report_.in_use) QUALOG_TRY(compact());
    return std::move(report_);
  }

 private:
  Result<VerifyReport> proved(bool look_at_state) const {
    VerifyOptions options;
    options.look_at_state = look_at_state;
    options.progress = options_.progress;
    options.approve = [this](const projector::Reader& state) {
      return check_owner(state, options_.actor);
    };
    return verify(place_, effects_, options);
  }

  bool must_fold_anew() const {
    const auto found = report_.proof.state;
    return found == StateFound::Missing || found == StateFound::Differs;
  }

  Result<void> fold_anew() {
    const auto found = report_.proof.state;
    const auto folded = engine::rebuild_state(place_, effects_);
    if (!folded) return unless_in_use(folded.error());
    report_.state_folded_anew = true;
    QUALOG_ASSIGN(report_.proof, proved(true));
    report_.proof.state = found;
    return {};
  }

  Result<void> compact() {
    const auto compacted = engine::compact_state(place_);
    if (!compacted) return unless_in_use(compacted.error());
    report_.compacted = *compacted;
    return {};
  }

  Result<void> unless_in_use(const Error& error) {
    report_.in_use = error.code == Code::held;
    return report_.in_use ? Result<void>{} : error;
  }

  const engine::ProjectPlace& place_;
  engine::Effects effects_;
  const RepairOptions& options_;
  RepairReport report_;
};

}  // namespace

Result<RepairReport> repair(const engine::ProjectPlace& place, engine::Effects effects,
                            const RepairOptions& options) {
  return Repair(place, effects, options).run();
}

}  // namespace qualog::replay
