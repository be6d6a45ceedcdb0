// SPDX-License-Identifier: Apache-2.0
#include "tools/import/add.h"

#include "schema/limits.h"
#include "tools/import/names.h"
#include "tools/import/text_chunks.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

template <class Action>
void add(std::vector<fb::ActionUnion>& actions, Action action) {
  actions.emplace_back();
  actions.back().Set(std::move(action));
}

std::vector<fb::ActionUnion> text_actions(fb::SourceCreatedT source,
                                          const interchange::SourceText& text) {
  constexpr auto kBytes = limits::kTextChunkBytesMax;
  const auto parts = text_chunks(text.utf8, kBytes, kBytes);
  const auto length = static_cast<std::uint32_t>(text.code_points);
  const ItemId id = source.id;
  source.text = plain_text(parts.front());
  source.length = length;
  std::uint32_t position = source.text->length;
  std::vector<fb::ActionUnion> actions;
  add(actions, std::move(source));
  for (std::size_t i = 1; i < parts.size(); ++i) {
    fb::SourceTextSuppliedT chunk;
    chunk.source = id;
    chunk.position = position;
    chunk.length = length;
    chunk.text = plain_text(parts[i]);
    position += chunk.text->length;
    add(actions, std::move(chunk));
  }
  return actions;
}

}  // namespace

Result<std::vector<fb::ActionUnion>> add_actions(const ItemId& id, const std::string& name,
                                                 const documents::Material& material,
                                                 const NameKey& names) {
  if (material.kind != documents::MaterialKind::Text)
    return fail(Code::invalid,
                fmt::format("a project cannot hold a {} yet; look at it with qualog source look",
                            documents::name_of(material.kind)));
  if (fitting_name(name) != name)
    return fail(Code::invalid, "the name of the source must be short and on one line; use --as");
  fb::SourceCreatedT source;
  source.id = id;
  source.kind = fb::SourceKind::Document;
  source.name = name_text(names, name);
  return text_actions(std::move(source), *material.text);
}

}  // namespace qualog::tools
