// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/text_loader.h"

#include "schema/limits.h"
#include "tools/interchange/refi/element_names.h"
#include "tools/interchange/refi/source_path.h"

#include <unordered_map>

namespace qualog::interchange {

namespace {

constexpr std::string_view kOddBytes = "bytes of it are not UTF-8: they were read as Windows-1252";

using TextPointer = std::shared_ptr<const SourceText>;

class TextLoader {
 public:
  TextLoader(Archive* archive, LossList& losses) : archive_(archive), losses_(losses) {}

  Result<void> load(TextForm& form) {
    element_ = element_name(form);
    const auto entry = find_entry(form.plain_path);
    if (entry) {
      if (form.has_inline_text) losses_.doubt(element_, "two texts: that of the archive is taken");
      return from_archive(form, *entry);
    }
    if (form.has_inline_text) return from_element(form);
    report_missing(form);
    return {};
  }

 private:
  std::optional<std::size_t> find_entry(const std::string& path) const {
    const auto name = archive_ != nullptr ? archive_name(path) : std::nullopt;
    if (!name) return std::nullopt;
    const auto in_folder = archive_->find("sources/" + *name);
    return in_folder ? in_folder : archive_->find(*name);
  }

  Result<void> from_archive(TextForm& form, std::size_t entry) {
    auto known = by_entry_.find(entry);
    if (known == by_entry_.end()) {
      if (archive_->entry(entry).bytes > limits::kSourceTextBytesMax) return too_long(form);
      QUALOG_ASSIGN(ByteSource bytes, archive_->stream(entry, limits::kSourceTextBytesMax));
      QUALOG_ASSIGN(std::string all, read_all(bytes, archive_->entry(entry).bytes,
                                              limits::kSourceTextBytesMax, archive_->label(entry)));
      known = by_entry_.emplace(entry, decode(std::move(all), archive_->label(entry))).first;
    }
    set_text(form, known->second);
    return {};
  }

  Result<void> from_element(TextForm& form) {
    auto text = decode(std::move(form.inline_text), "a text in the project");
    form.inline_text = {};
    set_text(form, std::move(text));
    return {};
  }

  // Null for what is no text, or too long to be one.
  static TextPointer decode(std::string bytes, const std::string& label) {
    auto text = decode_text(std::move(bytes), label);
    return text ? std::make_shared<const SourceText>(std::move(*text)) : TextPointer();
  }

  Result<void> too_long(TextForm& form) {
    form.state = TextState::Unreadable;
    losses_.doubt(element_, "its text is too long: missing");
    return {};
  }

  void set_text(TextForm& form, TextPointer text) {
    form.text = std::move(text);
    form.state = form.text != nullptr ? TextState::Present : TextState::Unreadable;
    if (form.text == nullptr)
      return losses_.doubt(element_, "its file is no plain text, or too long: missing");
    if (form.text->encoding == Encoding::Windows1252) {
      losses_.doubt(element_, "its text is not UTF-8: read as Windows-1252");
    }
    if (form.text->odd_bytes > 0) losses_.doubt(element_, kOddBytes);
    if (form.text->replaced > 0) losses_.doubt(element_, "its UTF-16 is broken: U+FFFD stands in");
  }

  void report_missing(const TextForm& form) {
    const bool is_note = form.owner.kind == Kind::Note;  // may consist of its name alone
    if (form.plain_path.empty() && is_note) return;
    if (form.plain_path.empty()) return losses_.doubt(element_, "the file holds no text of it");
    losses_.doubt(element_,
                  archive_name(form.plain_path)
                      ? "its text is missing in the archive: qualog source supply brings it"
                      : "its text lies outside of the archive, where no path is followed");
  }

  Archive* archive_;
  LossList& losses_;
  std::string_view element_;
  std::unordered_map<std::size_t, TextPointer> by_entry_;
};

}  // namespace

Result<void> load_texts(Project& project, Archive* archive, LossList& losses) {
  TextLoader loader(archive, losses);
  for (TextForm& form : project.forms) QUALOG_TRY(loader.load(form));
  return {};
}

}  // namespace qualog::interchange
