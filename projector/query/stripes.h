// SPDX-License-Identifier: Apache-2.0
// Coding stripes: where in a source each code lies, and how many codings lie at each place. What is
// one coding, of which code and of which person, is as in projector/query/codings.h; a coding whose
// passage was deleted lies nowhere and is in no stripe. Ends are exclusive. Pure reads.
#pragma once

#include "projector/query/codings.h"

namespace qualog::projector {

// What places count.
enum class Along : std::uint8_t {
  Text,  // code points
  Time,  // milliseconds, of a recording that has no text
};

struct Reach {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Reach&) const = default;
};

// What some codings have of a source.
struct Coverage {
  std::uint64_t codings = 0;
  std::uint64_t beside = 0;    // those of them on an area that has no such place, as of a picture
  std::uint64_t covered = 0;   // places, each once
  std::vector<Reach> reaches;  // in order, joined where they touch
  Stamp changed;               // the last write to one of them
};

// Which codes come first, and which go when there are too many: those that come last.
enum class StripeOrder : std::uint8_t {
  Place,   // as they begin in the source; the least coding go
  Most,    // by codings, then places
  Least,   // the other way round
  Recent,  // by their last change
};

inline constexpr std::size_t kStripesMax = 200;

struct StripeFilter {
  StripeOrder order = StripeOrder::Place;
  std::vector<ItemId> items;   // codes; sets and classifications: the codes in them. None: all
  std::vector<ItemId> coders;  // profiles, with all that are the same person. None: all
  bool by_coder = false;       // with sub-stripes
  std::size_t most = kStripesMax;
};

// Of one person with the code.
struct SubStripe {
  Person coder;
  std::string color;  // of the person; empty: none
  Coverage coverage;
};

struct Stripe {
  Named code;
  std::string color;  // of the code; empty: none
  Coverage coverage;
  std::vector<SubStripe> coders;  // by name; empty when not asked for
};

// Adjacent places that have as many codings.
struct DensityRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint64_t codings = 0;
  bool operator==(const DensityRange&) const = default;
};

// Of all codings on a source.
struct Density {
  Along along = Along::Text;
  std::uint32_t length = 0;  // places of the source
  Coverage all;
  std::uint64_t detached = 0;        // codings whose passage was deleted
  std::vector<DensityRange> ranges;  // in order; without the places that have none
};

struct Stripes {
  std::vector<Stripe> stripes;
  std::size_t left_out = 0;  // codes that pass the filter but are too many
  Density density;           // whatever stripes are shown
};

// Cost: the codings of the source once.
Stripes stripes(const Reader& reader, const ItemId& source, const StripeFilter& filter = {});

}  // namespace qualog::projector
