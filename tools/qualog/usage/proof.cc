// SPDX-License-Identifier: Apache-2.0
// Proof, time travel and the program itself, as they are typed.
#include "tools/qualog/usage/usage.h"

namespace qualog::tools {

namespace {

void add_verify(Usage& usage) {
  auto& options = usage.keep<VerifyOptions>();
  auto* verified = usage.command(usage.top(), "verify", "Prove that a project is what was written",
                                 "  qualog verify Gym\n  qualog verify Gym --rebuild\n"
                                 "  qualog verify Gym --expect 120:CHAIN",
                                 options, &verify);
  project_argument(verified, options.project);
  verified->add_flag("--rebuild", options.rebuild, "Replace a state that is missing or differs");
  verified->add_option("--expect", options.expect, "SEQUENCE:CHAIN that somebody kept");
}

void add_repair(Usage& usage) {
  auto& options = usage.keep<RepairOptions>();
  auto* repaired = usage.command(
      usage.top(), "repair", "Compact and repair: verify all, fold and write the state anew",
      "  qualog repair Gym\n  qualog repair Gym --json", options, &repair);
  project_argument(repaired, options.project);
}

void add_restore(Usage& usage) {
  auto& options = usage.keep<RestoreOptions>();
  auto* restored = usage.command(
      usage.top(), "restore", "A new project from any moment of an old one",
      "  qualog restore Gym --at 120 --as \"Gym before the accident\"", options, &restore);
  project_argument(restored, options.project);
  restored->add_option("--at", options.at, kMoment)->required();
  restored->add_option("--as", options.name, "Name of the new project")->required();
}

void add_demo(Usage& usage) {
  auto& options = usage.keep<DemoOptions>();
  auto* demo_command =
      usage.command(usage.top(), "demo", "A sample project, four people at once, a crash, a rewind",
                    "  qualog demo\n  qualog demo ./qualog-demo", options, &demo);
  demo_command->add_option("DIR", options.directory,
                           "Where to leave it (default: a new directory)");
}

void add_version(Usage& usage) {
  auto* made = usage.top().add_subcommand("version", "Versions of program and formats");
  made->footer("Examples:\n  qualog version --json");
  made->fallthrough();
  made->callback([&usage] { usage.choose([&usage] { return version(usage.globals()); }); });
}

}  // namespace

void add_proof(Usage& usage) {
  add_verify(usage);
  add_repair(usage);
  add_restore(usage);
  add_demo(usage);
  add_version(usage);
}

}  // namespace qualog::tools
