// SPDX-License-Identifier: Apache-2.0
#include "tools/import/add.h"

#include "tools/import/names.h"
#include "tools/import/text_actions.h"

#include <fmt/format.h>

namespace qualog::tools {

Result<void> check_addable(const std::string& name, const documents::Material& material) {
  if (material.kind != documents::MaterialKind::Text)
    return fail(Code::invalid,
                fmt::format("a project cannot hold a {} yet; look at it with qualog source look",
                            documents::name_of(material.kind)));
  if (fitting_name(name) != name)
    return fail(Code::invalid, "the name of the source must be short and on one line; use --as");
  return {};
}

std::vector<fb::ActionUnion> add_actions(const ItemId& id, const std::string& name,
                                         const documents::Material& material,
                                         const NameKey& names) {
  fb::SourceCreatedT source;
  source.id = id;
  source.kind = fb::SourceKind::Document;
  source.name = name_text(names, name);
  return source_actions(std::move(source), *material.text);
}

}  // namespace qualog::tools
