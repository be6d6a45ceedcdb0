// SPDX-License-Identifier: Apache-2.0
#include "projector/kinds.h"

#include <array>

namespace qualog::projector {

namespace {

constexpr std::array kInFolder = {Kind::Folder, Kind::Source};
constexpr std::array kInCode = {Kind::Code};
constexpr std::array kInCase = {Kind::Case};
constexpr std::array kInClassification = {Kind::Attribute};
constexpr std::array kInAttribute = {Kind::Attrvalue};
constexpr std::array kInReltype = {Kind::Relationship};

constexpr KindTraits top(Kind kind) {
  return {.kind = kind, .content = true, .named = true, .on_parent = true};
}

constexpr KindTraits on_place(Kind kind) {
  return {.kind = kind, .content = true, .on_place = true};
}

constexpr KindTraits on_ends(Kind kind) { return {.kind = kind, .content = true, .on_ends = true}; }

constexpr KindTraits with_children(KindTraits traits, std::span<const Kind> children) {
  traits.children = children;
  return traits;
}

constexpr KindTraits mergeable(KindTraits traits) {
  traits.mergeable = true;
  return traits;
}

constexpr KindTraits used(KindTraits traits) {
  traits.used = true;
  return traits;
}

constexpr KindTraits coded(KindTraits traits) {
  traits.coded = true;
  return traits;
}

// In the order of their numbers.
constexpr std::array kKinds = {
    KindTraits{.kind = Kind::None},
    KindTraits{.kind = Kind::Project},
    KindTraits{.kind = Kind::Member},
    KindTraits{.kind = Kind::Profile, .mergeable = true},
    with_children(top(Kind::Folder), kInFolder),
    top(Kind::Source),
    coded(mergeable(with_children(top(Kind::Code), kInCode))),
    on_place(Kind::Coding),
    on_place(Kind::Annotation),
    on_ends(Kind::Seealso),
    coded(mergeable(with_children(top(Kind::Case), kInCase))),
    used(mergeable(with_children(top(Kind::Classification), kInClassification))),
    with_children(top(Kind::Attribute), kInAttribute),
    used(mergeable(top(Kind::Attrvalue))),
    on_ends(Kind::Value),
    with_children(top(Kind::Reltype), kInReltype),
    KindTraits{.kind = Kind::Relationship,
               .content = true,
               .named = true,
               .on_parent = true,
               .on_ends = true,
               .coded = true},
    top(Kind::Set),
    on_ends(Kind::Setmember),
    top(Kind::Searchfolder),
    top(Kind::Query),
    top(Kind::Fmatrix),
    on_ends(Kind::Summary),
    KindTraits{.kind = Kind::Summarylink, .content = true, .on_place = true, .on_ends = true},
    top(Kind::Map),
    top(Kind::Report),
    top(Kind::Extract),
    on_ends(Kind::Comment),
    on_place(Kind::Hyperlink),
    on_place(Kind::Row),
    KindTraits{.kind = Kind::Milestone, .named = true, .on_parent = true},
    KindTraits{.kind = Kind::Mapping},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kKinds.size(); ++i)
    if (static_cast<std::size_t>(kKinds[i].kind) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const KindTraits> all_kinds() { return std::span(kKinds).subspan(1); }

const KindTraits& traits_of(Kind kind) {
  const auto number = static_cast<std::size_t>(kind);
  return number < kKinds.size() ? kKinds[number] : kKinds[0];
}

}  // namespace qualog::projector
