// SPDX-License-Identifier: Apache-2.0
// report_unserved() of reconcile.h: what is in the model and still cannot be served.
#include "tools/interchange/refi/attribute_values.h"
#include "tools/interchange/refi/element_names.h"
#include "tools/interchange/refi/guid_index.h"
#include "tools/interchange/refi/reconcile.h"

#include <algorithm>

namespace qualog::interchange {

namespace {

// xsd:dateTime without "Z" or an offset after its time.
bool is_without_zone(std::string_view time) {
  const std::size_t at = time.find('T');
  return at != time.npos && time.find_first_of("Z+-", at) == time.npos;
}

void report_claims(const Claims& claims, std::string_view element, const GuidIndex& users,
                   LossList& losses) {
  for (const Guid& user : {claims.creator, claims.modifier}) {
    if (!user || users.find(Kind::User, user) != kNowhere) continue;
    losses.doubt(element, "its claimed author is no user of the file");
  }
  for (const std::string& time : {claims.created, claims.modified}) {
    if (!is_without_zone(time)) continue;
    losses.doubt(element, "a claimed time without a zone: the zone is unknown");
  }
}

void report_all_claims(const Project& project, LossList& losses) {
  GuidIndex users;
  for (Index i = 0; i < project.users.size(); ++i) users.add(Kind::User, project.users[i].guid, i);
  report_claims(project, "Project", users, losses);
  for (const Source& item : project.sources) {
    report_claims(item, element_name(item.kind), users, losses);
  }
  for (const TextForm& item : project.forms) {
    report_claims(item, element_name(item), users, losses);
  }
  for (const Selection& item : project.selections) {
    report_claims(item, element_name(item.kind), users, losses);
  }
  for (const Coding& item : project.codings) {
    report_claims({item.creator, {}, item.created, {}}, "Coding", users, losses);
  }
}

void report_values(const std::vector<VariableValue>& values, LossList& losses) {
  for (const VariableValue& value : values) {
    if (!value.present || value_fits(value.type, value.value)) continue;
    losses.doubt("VariableValue", "it is not of its own type: kept as its characters");
  }
}

}  // namespace

bool has_place(const Project& project, const Selection& selection) {
  if (selection.same_as != kNowhere) return false;
  if (!is_on_text(selection.kind)) return true;
  return selection.form != kNowhere &&
         project.forms[selection.form].role != TextRole::SelectionText;
}

namespace {

void report_selection(const Project& project, const Selection& selection, LossList& losses) {
  const std::string_view name = element_name(selection.kind);
  if (selection.same_as != kNowhere || has_place(project, selection)) return;
  losses.lost(name, selection.form == kNowhere
                        ? "not served: it is no place in a text"
                        : "not served: it lies in the words of another selection");
}

}  // namespace

void report_unserved(const Project& project, LossList& losses) {
  report_all_claims(project, losses);
  for (const Source& source : project.sources) report_values(source.values, losses);
  for (const Case& item : project.cases) report_values(item.values, losses);
  for (const Selection& selection : project.selections) {
    report_selection(project, selection, losses);
  }
  for (const TextForm& form : project.forms) {
    if (!form.rich_path.empty()) losses.lost("richTextPath", "layout is not served, its text is");
    if (form.role == TextRole::SelectionText) {
      losses.lost("Representation", "the words of a rectangle are not served");
    }
  }
  losses.lost("SyncPoint", "not served: media have no player", project.sync_points.size());
  losses.lost("Graph", "graphs are counted, not drawn", project.graphs.size());
}

}  // namespace qualog::interchange
