// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/plain_text.h"

#include "schema/limits.h"

namespace qualog::interchange {

Result<Project> read_plain_text(InputFile input, std::string name) {
  const std::string label = "the file";
  const std::uint64_t size = input.size;
  QUALOG_ASSIGN(std::string bytes,
                read_all(file_source(std::move(input)), size, limits::kSourceTextBytesMax, label));
  QUALOG_ASSIGN(SourceText text, decode_text(std::move(bytes), label));
  LossList losses;
  if (text.encoding == Encoding::Windows1252) {
    losses.doubt("TextSource", "its text is not UTF-8: read as Windows-1252");
  }
  if (text.odd_bytes > 0) {
    losses.doubt("TextSource", "bytes of it are not UTF-8: they were read as Windows-1252");
  }
  if (text.replaced > 0) losses.doubt("TextSource", "its UTF-16 is broken: U+FFFD stands in");
  return project_of_text(std::move(text), FileFormat::PlainText, std::move(name), losses);
}

Project project_of_text(SourceText text, FileFormat format, std::string name, LossList& losses) {
  Project project;
  project.format = format;
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

}  // namespace qualog::interchange
