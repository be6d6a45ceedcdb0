// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/proof_lines.h"

#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

namespace qualog::tools {

boost::json::object damage_json(const log::Damage& damage) {
  return {{"ok", false},
          {"file", one_line(damage.file)},
          {"offset", damage.offset},
          {"sequence", damage.sequence.value},
          {"reason", one_line(damage.reason)}};
}

boost::json::object file_json(const replay::FileDamage& file) {
  return {{"ok", false},
          {"file", one_line(file.path)},
          {"offset", 0},
          {"sequence", file.sequence.value},
          {"reason", one_line(file.reason)},
          {"hash", hex(file.blob.hash)}};
}

void print_damage(const replay::VerifyReport& report) {
  for (const auto& damage : report.damage)
    print("damaged: {}, byte {}, after event {}: {}\n", one_line(damage.file), damage.offset,
          damage.sequence.value, one_line(damage.reason));
  for (const auto& file : report.bad_files)
    print("damaged: the file {} of event {}: {}\n", hex(file.blob.hash), file.sequence.value,
          one_line(file.reason));
  if (!report.ok()) say("the project is damaged; see docs/restore.md");
}

}  // namespace qualog::tools
