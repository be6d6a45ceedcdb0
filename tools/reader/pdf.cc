// SPDX-License-Identifier: Apache-2.0
#include "tools/reader/pdf.h"

#include "schema/limits.h"

#include <boost/json/array.hpp>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <memory>

namespace qualog::reader {

namespace {

bool begins_character(char c) { return (c & 0xC0) != 0x80; }

std::uint64_t code_points(std::string_view utf8) {
  return static_cast<std::uint64_t>(std::ranges::count_if(utf8, begins_character));
}

// Lines end with LF, and so does a page with any text; what is no character of a text goes.
std::string text_of(const poppler::page& page) {
  const auto bytes =
      page.text(poppler::rectf(), poppler::page::non_raw_non_physical_layout).to_utf8();
  std::string text(bytes.begin(), bytes.end());
  std::erase_if(text, [](char c) {
    const bool control = static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    return control && c != '\n' && c != '\t';
  });
  while (text.ends_with('\n')) text.pop_back();
  return text.empty() ? text : text + '\n';
}

std::string_view fault_of(const poppler::document* document) {
  if (document == nullptr) return "it is no whole PDF; export it again";
  if (document->is_locked()) return "it is locked; save it without a password";
  if (document->pages() < 1) return "it has no pages; export it again";
  if (static_cast<std::size_t>(document->pages()) > limits::kPdfPagesMax)
    return "it has too many pages; split it";
  return {};
}

}  // namespace

Found read_pdf() {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_file("/proc/self/fd/0"));
  if (const auto fault = fault_of(document.get()); !fault.empty()) return failed(fault);
  Found found;
  boost::json::array pages;
  std::uint64_t position = 0;
  for (int number = 0; number < document->pages(); ++number) {
    const std::unique_ptr<poppler::page> page(document->create_page(number));
    if (page == nullptr) return failed("a page of it is broken; export it again");
    const auto box = page->page_rect(poppler::media_box);
    const std::string text = text_of(*page);
    const std::uint64_t begin = position;
    position += code_points(text);
    pages.push_back(
        {{"width", box.width()}, {"height", box.height()}, {"begin", begin}, {"end", position}});
    found.text += text;
    if (found.text.size() > limits::kSourceTextBytesMax)
      return failed("its text is too long; split it");
  }
  found.head = {{"pages", std::move(pages)}, {"inner_files", document->has_embedded_files()}};
  return found;
}

}  // namespace qualog::reader
