// SPDX-License-Identifier: Apache-2.0
#include "projector/query/text.h"

#include <algorithm>
#include <unordered_map>

namespace qualog::projector {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// The stored texts that the pieces of one source come from. An edited source takes many pieces of
// one stored text, so those that are cut are kept, with an index, until all are read.
class StoredTexts {
 public:
  explicit StoredTexts(const Reader& reader) : reader_(reader) {}

  void visit(const text::Piece& piece, FunctionRef<void(const Stretch&)> visit) {
    if (const auto known = cut_.find(piece.text); known != cut_.end())
      return visit_part(known->second, piece, visit);
    auto stored = row_of<Text>(reader_, Table::Texts, key_of(Sequence{piece.text}));
    if (!stored || std::uint64_t{piece.begin} + piece.length > stored->length) return missing();
    if (stored->seal || piece.length == stored->length) return visit(whole(*stored, piece));
    auto& kept = cut_.emplace(piece.text, Cut{std::move(*stored), std::nullopt}).first->second;
    if (auto index = text::Utf8Index::make(kept.text.plain)) kept.index = std::move(*index);
    visit_part(kept, piece, visit);
  }

 private:
  struct Cut {
    Text text;
    std::optional<text::Utf8Index> index;
  };

  static Stretch whole(const Text& stored, const text::Piece& piece) {
    if (stored.seal) return {{}, &*stored.seal, piece.begin, piece.length};
    return {stored.plain, nullptr, 0, piece.length};
  }

  void visit_part(const Cut& cut, const text::Piece& piece,
                  FunctionRef<void(const Stretch&)> visit) {
    const auto end = std::uint64_t{piece.begin} + piece.length;
    if (!cut.index || end > cut.index->length()) return missing();
    visit(
        {cut.index->slice(piece.begin, static_cast<std::uint32_t>(end)), nullptr, 0, piece.length});
  }

  void missing() const {
    reader_.report_damage("the state: a piece of a text is not there; run verify --rebuild");
  }

  const Reader& reader_;
  std::unordered_map<std::uint64_t, Cut> cut_;
};

}  // namespace

void visit_stretches(const Reader& reader, const text::Pieces& pieces,
                     FunctionRef<void(const Stretch&)> visit) {
  StoredTexts texts(reader);
  for (const auto& piece : pieces) texts.visit(piece, visit);
}

namespace {

// The edits of a source, oldest first.
std::vector<Sequence> edits_of(const Reader& reader, const ItemId& source) {
  std::vector<Sequence> edits;
  reader.scan(Table::History, source.view(), [&](ByteView key, ByteView) {
    edits.push_back(sequence_at_end(key));
    return true;
  });
  return edits;
}

// Takes the text to what it was before the edit.
void step_back(const Reader& reader, Sequence edit, ContentRow& content) {
  const auto effect = effect_at(reader, edit);
  if (effect && effect->edit) {
    auto before =
        text::apply(content.pieces, text::inverse(effect->edit->splices), effect->edit->removed);
    if (before) {
      content.pieces = std::move(before->text);
      return;
    }
  }
  reader.report_damage("the state: an edit of a text cannot be read; run verify --rebuild");
}

}  // namespace

std::optional<ContentRow> content_at(const Reader& reader, const ItemId& source, Sequence seen) {
  auto content = content_row(reader, source);
  if (!content || content->version <= seen) return content;
  const auto edits = edits_of(reader, source);
  auto edit = edits.rbegin();
  for (; edit != edits.rend() && *edit > seen; ++edit) step_back(reader, *edit, *content);
  const auto made = row_of<ItemRow>(reader, Table::Items, source.view());
  content->version = edit != edits.rend() ? *edit : made ? made->created.sequence : Sequence{};
  content->length = static_cast<std::uint32_t>(text::length(content->pieces));
  return content;
}

Result<SourceText> SourceText::of(const Reader& reader, const ItemId& source) {
  const auto content = content_row(reader, source);
  return of(reader, content.value_or(ContentRow{}));
}

Result<SourceText> SourceText::of(const Reader& reader, const ContentRow& content) {
  auto utf8 = std::make_unique<std::string>();
  bool has_sealed = false;
  const auto append = [&](const Stretch& stretch) {
    if (stretch.seal == nullptr) return void(utf8->append(stretch.plain));
    has_sealed = true;
    for (std::uint32_t i = 0; i < stretch.length; ++i) utf8->append(kReplacement);
  };
  visit_stretches(reader, content.pieces, append);
  QUALOG_TRY(reader.undamaged());
  auto index = text::Utf8Index::make(*utf8);
  if (!index) return fail(Code::damaged, "the state: a source's text: " + index.error().message);
  return SourceText(std::move(utf8), std::move(*index), has_sealed);
}

std::string_view SourceText::slice(std::uint32_t begin, std::uint32_t end) const {
  const auto last = std::min(end, length());
  return begin < last ? index_.slice(begin, last) : std::string_view{};
}

std::string source_text(const Reader& reader, const ItemId& source) {
  const auto text = SourceText::of(reader, source);
  return text ? text->utf8() : std::string{};
}

std::string source_slice(const Reader& reader, const ItemId& source, std::uint32_t begin,
                         std::uint32_t end) {
  const auto text = SourceText::of(reader, source);
  return text ? std::string(text->slice(begin, end)) : std::string{};
}

}  // namespace qualog::projector
