// SPDX-License-Identifier: Apache-2.0
#include "tools/import/add.h"

#include "engine/blobs/blob_store.h"
#include "schema/commands.h"
#include "schema/limits.h"
#include "tools/import/file_source.h"
#include "tools/import/names.h"
#include "tools/import/text_actions.h"
#include "tools/import/text_chunks.h"

#include <fmt/format.h>

#include <limits>

namespace qualog::tools {

namespace {

using documents::Material;
using documents::MaterialKind;

Result<void> check_name(const std::string& name) {
  if (fitting_name(name) == name) return {};
  return fail(Code::invalid, "the name of the source must be short and on one line; use --as");
}

// Beside the columns of a table: names, hash and kind of the file.
constexpr std::size_t kRoomForNames = 5 * 1024;
constexpr std::size_t kPaddingOfString = 8;

std::size_t bytes_of_columns(const Material& material) {
  fb::SourceImportedT source;
  describe_file(source, material);
  return head_bytes(source);
}

// The text of a table begins with the names of its columns, all of them whole.
void cut_column_names(Material& material, interchange::LossList& losses) {
  constexpr std::size_t kRoom = limits::kTextChunkBytesMax - kRoomForNames;
  if (material.columns.empty() || bytes_of_columns(material) <= kRoom) return;
  Material nameless = material;
  for (auto& column : nameless.columns) column.name.clear();
  const std::size_t share =
      (kRoom - bytes_of_columns(nameless)) / material.columns.size() - kPaddingOfString;
  std::size_t cut = 0;
  for (auto& column : material.columns) {
    if (column.name.size() <= share) continue;
    column.name = text_within(column.name, share);
    ++cut;
  }
  losses.doubt("column", "its name is too long among so many: cut; the text has it whole", cut);
}

}  // namespace

bool stays_a_file(const Material& material) { return material.kind != MaterialKind::Text; }

Result<void> check_addable(const std::string& name, const Material& material) {
  QUALOG_TRY(check_name(name));
  if (!stays_a_file(material) || material.bytes <= engine::kBlobBytesMax) return {};
  return fail(Code::too_large, fmt::format("{} bytes; a file may have {} at most, split it",
                                           material.bytes, engine::kBlobBytesMax));
}

void fit_into_events(Material& material) {
  interchange::LossList losses;
  if (material.pages.size() > limits::kSourcePagesMax) {
    losses.lost("page",
                "too many for one source: their sizes and places are left out, the text is "
                "kept; split the PDF to have them",
                material.pages.size());
    material.pages.clear();
  }
  if (material.duration_ms > std::numeric_limits<std::uint32_t>::max()) {
    losses.lost("duration", "over 49 days: the length is left out");
    material.duration_ms = 0;
  }
  cut_column_names(material, losses);
  for (auto& row : losses.take()) material.losses.push_back(std::move(row));
}

ItemId id_of_file(const NameKey& names, const std::string& name, const ItemId& folder,
                  const Material& material, std::uint32_t times) {
  const auto number = std::to_string(times);
  return id_from<ItemId>(Sha256{}
                             .add(view("qualog.file.v1"))
                             .add(names.bytes)
                             .add(material.digest)
                             .add(material.text ? material.text->original_digest : Digest{})
                             .add(folder.bytes)
                             .add(view(number + "\n" + normalised_name(name)))
                             .finish());
}

namespace {

fb::SourceCreatedT created(const NewSource& source, fb::SourceKind kind, const NameKey& names) {
  fb::SourceCreatedT made;
  made.id = source.id;
  made.kind = kind;
  made.name = name_text(names, source.name);
  made.folder = source.folder;
  return made;
}

}  // namespace

std::vector<fb::ActionUnion> add_actions(const NewSource& source, const Material& material,
                                         const NameKey& names) {
  if (stays_a_file(material))
    return file_actions(file_source(source, material, names), material.text.get());
  return source_actions(created(source, fb::SourceKind::Document, names), *material.text);
}

Result<void> check_external(const std::string& name, const std::string& where) {
  QUALOG_TRY(check_name(name));
  if (fitting_name(where) == where) return {};
  return fail(Code::invalid, "where the external is must be said shortly and on one line");
}

Material external_material(const std::string& where) {
  Material material;
  material.digest = Sha256{}.add(view("external\n" + where)).finish();
  return material;
}

std::vector<fb::ActionUnion> external_actions(const NewSource& source, const std::string& where,
                                              const NameKey& names) {
  fb::SourcePropsChangedT place;
  place.source = source.id;
  place.external = plain_text(where);
  return {action_of(created(source, fb::SourceKind::External, names)), action_of(std::move(place))};
}

}  // namespace qualog::tools
