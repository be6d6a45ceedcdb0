// SPDX-License-Identifier: Apache-2.0
// Mapper: sources. What is no text comes with its file where the archive holds it; where it does
// not, the source stands without it, so that what was said about it has something to stand on.
#include "schema/limits.h"
#include "tools/import/file_source.h"
#include "tools/import/mapper.h"
#include "tools/import/text_actions.h"
#include "tools/interchange/refi/element_names.h"
#include "tools/interchange/refi/source_path.h"

namespace qualog::tools {

using interchange::kNowhere;

namespace {

constexpr std::size_t kPathCodePointsMax = 1'000;

// In the order of interchange::SourceKind.
constexpr fb::SourceKind kKindsInArchive[] = {fb::SourceKind::Document, fb::SourceKind::Picture,
                                              fb::SourceKind::Pdf, fb::SourceKind::Audio,
                                              fb::SourceKind::Video};

fb::SourceKind kind_of(const interchange::Source& source) {
  return kKindsInArchive[static_cast<std::size_t>(source.kind)];
}

// Pictures and recordings may be without a text; of these two the text is only not at hand.
bool must_have_text(const interchange::Source& source) {
  return source.kind == interchange::SourceKind::Text ||
         source.kind == interchange::SourceKind::Pdf;
}

// Which pages of a PDF its text lies on is known of the text that was read from them only.
void forget_places(fb::SourceImportedT& source) {
  for (auto& page : source.pages) page->begin = page->end = 0;
}

const interchange::SourceText& no_text() {
  static const interchange::SourceText empty;
  return empty;
}

}  // namespace

// Null: it is missing, or there is none.
const interchange::SourceText* Mapper::text_of_source(const interchange::Source& source) const {
  return source.text == kNowhere ? nullptr : project_.forms[source.text].text.get();
}

void Mapper::report_file(const documents::Material& material) {
  for (const auto& row : material.losses) losses_.add(row.kind, row.element, row.reason, row.count);
}

void Mapper::map_file(Index index, const documents::Material& material) {
  const auto& source = project_.sources[index];
  fb::SourceImportedT made;
  made.id = take_id(Kind::Source, index, source);
  made.claim = claim_of(source.creator, source.created);
  made.name = free_name({}, kSourceNames, source.name, made.claim);
  made.description = text_cut(source.description, kDescriptionBytesMax, "Description");
  describe_file(made, material);
  const bool has_form = source.text != kNowhere;
  const auto* text = has_form ? text_of_source(source) : material.text.get();
  if (text == nullptr && (has_form || must_have_text(source)))
    made.text_state = fb::TextState::Missing;
  const bool is_of_pages =
      text != nullptr && material.text != nullptr && text->utf8 == material.text->utf8;
  if (!is_of_pages) forget_places(made);
  if (head_bytes(made) >= limits::kTextChunkBytesMax) {
    losses_.lost("page", "their sizes do not fit beside the description: left out",
                 made.pages.size());
    made.pages.clear();
  }
  report_file(material);
  add_all(file_actions(std::move(made), text));
}

void Mapper::map_absent_file(Index index) {
  const auto& source = project_.sources[index];
  fb::SourceCreatedT made;
  const ItemId id = made.id = take_id(Kind::Source, index, source);
  made.kind = kind_of(source);
  made.claim = claim_of(source.creator, source.created);
  const bool stands_alone = source.text == kNowhere && !must_have_text(source);
  map_text(std::move(made), source.name, source.description,
           stands_alone ? &no_text() : text_of_source(source));
  if (source.kind == interchange::SourceKind::Text) return;
  const auto element = interchange::element_name(source.kind);
  if (source.path.empty() || interchange::archive_name(source.path))
    return losses_.doubt(element, "its file is not in the archive: it stands without it");
  losses_.doubt(element, "its file lies outside of the archive: it stands with the path to it");
  fb::MediaLinkedT linked;
  linked.source = id;
  linked.path = plain_text(machine_string(source.path, kPathCodePointsMax));
  add(std::move(linked));
}

}  // namespace qualog::tools
