// SPDX-License-Identifier: Apache-2.0
// The digest of the content: what stands in the project now, without who, when and by which way,
// except who coded and when. Four sections: items, ranges, texts, coders. docs/state.md.
#include "projector/digest.h"
#include "projector/hash_input.h"
#include "projector/kinds.h"
#include "projector/query/living.h"
#include "projector/query/text.h"

#include <set>

namespace qualog::projector {

namespace {

constexpr std::uint8_t kSectionEnd = 0;
constexpr std::uint8_t kEntry = 1;
constexpr std::uint8_t kPlainRun = 1;
constexpr std::uint8_t kSealedRun = 2;

// Takes out of a value's texts what depends on a project's keys: the match, the sealed bytes.
struct WithoutKeys {
  void operator()(const char*, Text& text) {
    text.match.clear();
    if (text.seal) text.seal->bytes.clear();
  }
  template <class Value>
  void operator()(const char*, std::vector<Value>& values) {
    if constexpr (requires(WithoutKeys & visit, Value & value) { describe(visit, value); })
      for (auto& value : values) describe(*this, value);
  }
  template <class Value>
  void operator()(const char*, Value&) {}
};

// The canonical bytes of a facet's value; empty for the value of an item that has no such facet.
template <class Value>
Bytes canonical(ByteView stored) {
  auto value = stored.empty() ? Value{} : decode<Value>(stored).value_or(Value{});
  WithoutKeys without_keys;
  describe(without_keys, value);
  Bytes bytes = encode(value);
  static const Bytes otherwise = encode(Value{});
  if (bytes == otherwise) bytes.clear();
  return bytes;
}

struct ContentFacet {
  Facet facet;
  Bytes (*canonical)(ByteView stored);
};

// The facets that are content, ascending. A memo is apart: it counts while it lives.
constexpr ContentFacet kContentFacets[] = {
    {Facet::Props, &canonical<Props>},
    {Facet::Parent, &canonical<Parent>},
    {Facet::Place, &canonical<Place>},
    {Facet::Text, &canonical<TextValue>},
    {Facet::Note, &canonical<Note>},
    {Facet::Memo, &canonical<Linked>},
    {Facet::Ends, &canonical<Ends>},
    {Facet::Settings, &canonical<Settings>},
    {Facet::Order, &canonical<Order>},
    {Facet::Area, &canonical<Area>},
    {Facet::AreaTo, &canonical<Area>},
    {Facet::Media, &canonical<Media>},
    {Facet::View, &canonical<View>},
    {Facet::Format, &canonical<Format>},
    {Facet::Classification, &canonical<Linked>},
    {Facet::Type, &canonical<AttributeType>},
    {Facet::Definition, &canonical<Definition>},
    {Facet::Value, &canonical<ItemValue>},
    {Facet::On, &canonical<On>},
    {Facet::Fields, &canonical<Fields>},
    {Facet::Grid, &canonical<Grid>},
};

class ContentDigest {
 public:
  explicit ContentDigest(const Reader& reader) : reader_(reader), liveness_(reader) {}

  Digest take() {
    add_items();
    add_ranges();
    for (const auto& source : sources_) add_text(source);
    input_.byte(kSectionEnd);
    for (const auto& coder : coders_) add_coder(coder);
    input_.byte(kSectionEnd);
    return input_.finish();
  }

 private:
  void add_items() {
    visit_living(reader_, [&](const ItemId& id, const ItemSlice& item, Standing standing) {
      input_.byte(static_cast<std::uint8_t>(item.kind)).raw(id.view());
      input_.byte(standing == Standing::Merged);
      if (standing == Standing::Merged) input_.raw(value_of<Life>(item, Facet::Life).into.view());
      for (const auto& facet : kContentFacets) add_facet(item, facet);
      input_.byte(kSectionEnd);
      remember(id, item);
    });
    input_.byte(kSectionEnd);
  }

  void add_facet(const ItemSlice& item, const ContentFacet& facet) {
    const auto stored = item.value(facet.facet);
    if (stored.empty()) return;
    if (facet.facet == Facet::Memo && !liveness_.alive(value_of<Linked>(item, Facet::Memo).item))
      return;
    const Bytes value = facet.canonical(stored);
    if (!value.empty()) input_.byte(static_cast<std::uint8_t>(facet.facet)).bytes(value);
  }

  // What the other sections need to know of a living item.
  void remember(const ItemId& id, const ItemSlice& item) {
    if (item.kind == Kind::Source) sources_.push_back(id);
    const bool placed = traits_of(item.kind).on_place;
    if (placed || item.kind == Kind::Seealso) ranged_.push_back(id);
    if (placed) coders_.insert(value_of<Place>(item, Facet::Place).coder);
  }

  // Ranges lie in the order of ids, as ranged_ does: one pass over both.
  void add_ranges() {
    auto at = ranged_.begin();
    reader_.scan(Table::Ranges, {}, [&](ByteView key, ByteView value) {
      if (key.size() <= sizeof(ItemId)) return damaged_key();
      const ItemId id = item_in(key, 0);
      while (at != ranged_.end() && *at < id) ++at;
      if (at != ranged_.end() && *at == id) input_.byte(kEntry).raw(key).bytes(value);
      return true;
    });
    input_.byte(kSectionEnd);
  }

  bool damaged_key() const {
    reader_.report_damage("the state: a key of its ranges is cut; run verify --rebuild");
    return true;
  }

  void add_text(const ItemId& source) {
    const auto content = content_row(reader_, source).value_or(ContentRow{});
    input_.byte(kEntry).raw(source.view());
    input_.byte(static_cast<std::uint8_t>(content.state)).number(content.length);
    Sha256 plain;
    bool in_plain = false;
    visit_stretches(reader_, content.pieces, [&](const Stretch& stretch) {
      if (stretch.seal == nullptr) {
        plain.add(view(stretch.plain));
        in_plain = true;
        return;
      }
      if (in_plain) end_plain(plain);
      in_plain = false;
      add_sealed(stretch);
    });
    if (in_plain) end_plain(plain);
    input_.byte(kSectionEnd);
  }

  void end_plain(Sha256& plain) { input_.byte(kPlainRun).raw(plain.finish()); }

  void add_sealed(const Stretch& stretch) {
    const auto& seal = *stretch.seal;
    input_.byte(kSealedRun).raw(seal.subject.view()).raw(seal.key.view()).bytes(seal.nonce);
    input_.number(stretch.begin).number(stretch.length);
  }

  void add_coder(const ItemId& coder) {
    const auto profile = item(reader_, coder);
    if (!profile) return;
    const auto* props = profile->find(Facet::Props);
    const ByteView stored = props != nullptr ? ByteView(props->value) : ByteView{};
    input_.byte(kEntry).raw(coder.view()).bytes(canonical<Props>(stored));
  }

  const Reader& reader_;
  Liveness liveness_;
  HashInput input_{"qualog.content.v1"};
  std::vector<ItemId> ranged_;
  std::vector<ItemId> sources_;
  std::set<ItemId> coders_;
};

}  // namespace

Digest content_digest(const Reader& reader) { return ContentDigest(reader).take(); }

}  // namespace qualog::projector
