// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/text_source.h"

namespace qualog::documents {

using namespace interchange;

Result<Project> text_project(std::string utf8, std::string name, LossList& losses) {
  QUALOG_ASSIGN(SourceText text, decode_text(std::move(utf8), "the text of the document"));
  Project project;
  project.format = FileFormat::Document;
  Source source;
  source.name = std::move(name);
  source.text = 0;
  project.sources.push_back(std::move(source));
  TextForm form;
  form.owner = {Kind::Source, 0};
  form.state = TextState::Present;
  form.text = std::make_shared<const SourceText>(std::move(text));
  project.forms.push_back(std::move(form));
  project.losses = losses.take();
  return project;
}

}  // namespace qualog::documents
