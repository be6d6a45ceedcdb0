// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/reconcile.h"

#include "tools/interchange/refi/element_names.h"
#include "tools/interchange/refi/guid_index.h"
#include "tools/interchange/refi/source_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

namespace qualog::interchange {

namespace {

constexpr std::string_view kRepeated = "a GUID repeated within its kind: not used as an identity";
constexpr std::string_view kRefersToNothing = "it refers to nothing in the file";

// One project's reconciliation: the index, the model, the report.
class Reconciler {
 public:
  Reconciler(Project& project, LossList& losses) : project_(project), losses_(losses) {}

  void index_all() {
    index_kind(Kind::User, project_.users);
    index_kind(Kind::Code, project_.codes);
    index_kind(Kind::Variable, project_.variables);
    index_kind(Kind::Case, project_.cases);
    index_kind(Kind::Source, project_.sources);
    index_kind(Kind::TextForm, project_.forms);
    index_kind(Kind::SyncPoint, project_.sync_points);
    index_kind(Kind::Note, project_.notes);
    index_selections();
    index_kind(Kind::Coding, project_.codings);
    index_kind(Kind::Link, project_.links);
    index_kind(Kind::Set, project_.sets);
    index_kind(Kind::Graph, project_.graphs);
  }

  void resolve_references() {
    for (Coding& coding : project_.codings) {
      resolve(Kind::Code, "CodeRef", coding.code);
      report_folder(coding);
    }
    for (NoteReference& reference : project_.note_references) {
      resolve(Kind::Note, "NoteRef", reference.note);
    }
    for (Case& item : project_.cases) resolve_case(item);
    for (Source& source : project_.sources) resolve_values(source.values);
    for (Set& set : project_.sets) {
      for (Reference& member : set.codes) resolve(Kind::Code, "MemberCode", member);
      for (Reference& member : set.sources) resolve(Kind::Source, "MemberSource", member);
      for (Reference& member : set.notes) resolve(Kind::Note, "MemberNote", member);
    }
    for (Selection& selection : project_.selections) resolve_times(selection);
    for (Link& link : project_.links) {
      link.origin = find_end(link.origin_guid);
      link.target = find_end(link.target_guid);
    }
  }

  void merge_rectangles() {
    for (Coding& coding : project_.codings) move_to_text(coding.target);
    for (NoteReference& reference : project_.note_references) move_to_text(reference.on);
    std::map<std::tuple<Index, Guid, Guid>, Index> first;
    for (Index i = 0; i < project_.codings.size(); ++i) {
      Coding& coding = project_.codings[i];
      if (coding.target.kind != Kind::Selection || !merged_.contains(coding.target.index)) continue;
      const auto [place, is_new] =
          first.try_emplace({coding.target.index, coding.code.guid, coding.creator}, i);
      if (!is_new) coding.same_as = place->second;
    }
  }

  void share_texts() {
    std::unordered_map<std::string, Index> by_path;
    for (Index i = 0; i < project_.forms.size(); ++i) {
      TextForm& form = project_.forms[i];
      const auto name = archive_name(form.plain_path);
      if (!name || form.has_inline_text) continue;
      const auto [place, is_new] = by_path.emplace(*name, i);
      if (is_new) continue;
      form.same_text_as = place->second;
      losses_.doubt(element_name(form), "its text is the file of an earlier source: one text");
    }
  }

  void judge_cases() {
    for (Case& item : project_.cases) {
      const bool is_values = item.name.empty() && item.sources.size() == 1 &&
                             item.sources[0].found() && item.selections.empty() &&
                             item.codes.empty();
      if (!is_values) continue;
      item.values_of_source = item.sources[0].index;
      losses_.doubt("Case", "without a name and on one source: read as values of that source");
    }
    for (CodeNode& code : project_.codes) {
      code.same_as_case = index_.find(Kind::Case, code.guid);
      if (code.same_as_case == kNowhere) continue;
      losses_.doubt("Code", "it has the GUID of a case: its codings may mean membership of it");
    }
  }

 private:
  template <class Item>
  void index_kind(Kind kind, std::vector<Item>& items) {
    for (Index i = 0; i < items.size(); ++i) {
      Identity& identity = items[i];
      if (!identity.guid || index_.add(kind, identity.guid, i)) continue;
      identity.guid_repeated = true;
      repeated_.insert(identity.guid);
      losses_.doubt(element_name(kind), kRepeated);
    }
  }

  // Text selections first, so that a rectangle with the same GUID in the same source finds its
  // text.
  void index_selections() {
    for (const bool on_text : {true, false}) {
      for (Index i = 0; i < project_.selections.size(); ++i) {
        if (is_on_text(project_.selections[i].kind) == on_text) index_selection(i);
      }
    }
  }

  void index_selection(Index i) {
    Selection& selection = project_.selections[i];
    if (!selection.guid || index_.add(Kind::Selection, selection.guid, i)) return;
    const Index earlier = index_.find(Kind::Selection, selection.guid);
    const Selection& other = project_.selections[earlier];
    if (!is_on_text(selection.kind) && is_on_text(other.kind) && selection.owner == other.owner) {
      selection.same_as = earlier;
      merged_.insert(earlier);
      losses_.lost(element_name(selection.kind),
                   "the same quotation is there as text: that one is kept");
      return;
    }
    selection.guid_repeated = true;
    repeated_.insert(selection.guid);
    losses_.doubt(element_name(selection.kind), kRepeated);
  }

  void resolve(Kind kind, std::string_view element, Reference& reference) {
    reference.index = index_.find(kind, reference.guid);
    if (!reference.found()) losses_.lost(element, kRefersToNothing);
    if (reference.found() && repeated_.contains(reference.guid)) {
      losses_.doubt(element, "several objects have the GUID it refers to: the first was taken");
    }
  }

  void resolve_values(std::vector<VariableValue>& values) {
    for (VariableValue& value : values) resolve(Kind::Variable, "VariableRef", value.variable);
  }

  void resolve_case(Case& item) {
    for (Reference& code : item.codes) resolve(Kind::Code, "CodeRef", code);
    for (Reference& source : item.sources) resolve(Kind::Source, "SourceRef", source);
    for (Reference& selection : item.selections) {
      resolve(Kind::Selection, "SelectionRef", selection);
    }
    resolve_values(item.values);
  }

  void report_folder(const Coding& coding) {
    if (!coding.code.found() || project_.codes[coding.code.index].codable) return;
    losses_.doubt("Coding", "on a code that may not be applied (isCodable is false)");
  }

  std::optional<std::int64_t> resolve_point(Reference& reference,
                                            std::optional<std::int64_t>& time_ms) {
    if (!reference.guid) return std::nullopt;
    resolve(Kind::SyncPoint, "SyncPoint", reference);
    if (!reference.found()) return std::nullopt;
    const SyncPoint& point = project_.sync_points[reference.index];
    time_ms = point.time_ms;
    return point.foreign_position;
  }

  void resolve_times(Selection& selection) {
    if (selection.kind != SelectionKind::Transcript) return;
    selection.foreign_start = resolve_point(selection.from, selection.begin_ms);
    selection.foreign_end = resolve_point(selection.to, selection.end_ms);
  }

  Object find_end(const Guid& guid) {
    const std::vector<Object> found = index_.find_all(guid);
    if (found.empty()) losses_.doubt("Link", "an end of it refers to nothing in the file");
    if (found.size() > 1) {
      losses_.doubt("Link", "objects of several kinds have the GUID of an end");
    }
    return found.empty() ? Object{} : found.front();
  }

  void move_to_text(Object& object) {
    if (object.kind != Kind::Selection) return;
    const Index text = project_.selections[object.index].same_as;
    if (text != kNowhere) object.index = text;
  }

  Project& project_;
  LossList& losses_;
  GuidIndex index_;
  std::unordered_set<Guid> repeated_;
  std::unordered_set<Index> merged_;  // text selections that are also there as rectangles
};

}  // namespace

void reconcile(Project& project, LossList& losses) {
  Reconciler reconciler(project, losses);
  reconciler.index_all();
  reconciler.resolve_references();
  reconciler.merge_rectangles();
  reconciler.share_texts();
  reconciler.judge_cases();
}

namespace {

// For each note: the one text source that refers to it, or nothing.
std::vector<Index> only_referrers(const Project& project) {
  std::vector<Index> referrer(project.notes.size(), kNowhere);
  std::vector<std::uint32_t> count(project.notes.size(), 0);
  for (const NoteReference& reference : project.note_references) {
    if (!reference.note.found()) continue;
    const bool is_text =
        reference.on.kind == Kind::Source && project.sources[reference.on.index].text != kNowhere;
    ++count[reference.note.index];
    referrer[reference.note.index] = is_text ? reference.on.index : kNowhere;
  }
  for (std::size_t i = 0; i < count.size(); ++i) {
    if (count[i] != 1) referrer[i] = kNowhere;
  }
  return referrer;
}

// For each note: its only selection if nothing codes it.
std::vector<Index> only_plain_selections(const Project& project) {
  std::vector<Index> only(project.notes.size(), kNowhere);
  std::vector<std::uint32_t> count(project.notes.size(), 0);
  for (Index i = 0; i < project.selections.size(); ++i) {
    const Object owner = project.selections[i].owner;
    if (owner.kind != Kind::Note) continue;
    only[owner.index] = i;
    ++count[owner.index];
  }
  for (const Coding& coding : project.codings) {
    const bool on_selection = coding.target.kind == Kind::Selection;
    const Object owner =
        on_selection ? project.selections[coding.target.index].owner : coding.target;
    if (owner.kind == Kind::Note) ++count[owner.index];
  }
  for (std::size_t i = 0; i < count.size(); ++i) {
    if (count[i] != 1) only[i] = kNowhere;
  }
  return only;
}

// Whether the note's own text shows what the selection's name previews.
bool previews_own_text(const Project& project, Index note, const Selection& selection) {
  const TextForm& own = project.forms[project.notes[note].text];
  if (own.text == nullptr) return false;
  const ForeignRange range{*selection.foreign_start, *selection.foreign_end, selection.name};
  return choose_dialect(*own.text, std::span(&range, 1), project.origin).previewed > 0;
}

// The text's length in the widest units.
std::int64_t units_max(const SourceText& text) {
  return static_cast<std::int64_t>(text.code_points + text.beyond_basic_plane + text.newlines + 1);
}

// For each note: how many links, references, selections and codings know it.
std::vector<std::uint32_t> ties_of_notes(const Project& project) {
  std::vector<std::uint32_t> ties(project.notes.size(), 0);
  const auto tie = [&](const Object& object) {
    if (object.kind == Kind::Note) ++ties[object.index];
  };
  for (const Link& link : project.links) {
    tie(link.origin);
    tie(link.target);
  }
  for (const NoteReference& reference : project.note_references) {
    tie(reference.on);
    if (reference.note.found()) ++ties[reference.note.index];
  }
  for (const Selection& selection : project.selections) tie(selection.owner);
  for (const Coding& coding : project.codings) tie(coding.target);
  return ties;
}

std::vector<bool> coded_selections(const Project& project) {
  std::vector<bool> coded(project.selections.size());
  for (const Coding& coding : project.codings) {
    if (coding.target.kind == Kind::Selection) coded[coding.target.index] = true;
  }
  return coded;
}

// NVivo writes an annotation as a note, a selection and a link between them.
void find_linked_annotations(Project& project, LossList& losses) {
  const bool by_habit = project.origin.find("NVivo") != std::string::npos;
  const std::vector<std::uint32_t> ties = ties_of_notes(project);
  const std::vector<bool> coded = coded_selections(project);
  for (Link& link : project.links) {
    const bool forward = link.origin.kind == Kind::Note && link.target.kind == Kind::Selection;
    const bool backward = link.target.kind == Kind::Note && link.origin.kind == Kind::Selection;
    if (!forward && !backward) continue;
    const Index note = forward ? link.origin.index : link.target.index;
    Selection& selection = project.selections[forward ? link.target.index : link.origin.index];
    const bool is_own = by_habit || project.notes[note].name.empty();
    const bool is_free = selection.note == kNowhere && selection.owner.kind == Kind::Source &&
                         !coded[forward ? link.target.index : link.origin.index];
    if (!is_own || ties[note] != 1 || !is_free || !has_place(project, selection)) continue;
    selection.note = note;
    link.is_annotation = true;
    losses.doubt("Note", "linked to a passage of its own: read as an annotation of it");
  }
}

}  // namespace

void find_annotations(Project& project, LossList& losses) {
  find_linked_annotations(project, losses);
  const std::vector<Index> referrers = only_referrers(project);
  const std::vector<Index> selections = only_plain_selections(project);
  for (Index note = 0; note < project.notes.size(); ++note) {
    if (referrers[note] == kNowhere || selections[note] == kNowhere) continue;
    Selection& selection = project.selections[selections[note]];
    const Index form = project.sources[referrers[note]].text;
    const SourceText* text = project.forms[form].text.get();
    if (text == nullptr || !selection.foreign_start || !selection.foreign_end) continue;
    if (*selection.foreign_end > units_max(*text)) continue;
    if (previews_own_text(project, note, selection)) continue;
    selection.form = form;
    selection.owner = {Kind::Source, referrers[note]};
    selection.note = note;
    losses.doubt("Note", "its selection was read as a mark on the source that refers to it");
  }
}

}  // namespace qualog::interchange
