// SPDX-License-Identifier: Apache-2.0
// Any file that can be read becomes one group that is accepted: random files go through reader,
// mapper and decide; every event must be one that a log gives back, the report must add up, and the
// state must fold again. The controls spoil one action and must be found.
// Rows: D-15, M-12.
#include "schema/codec.h"
#include "schema/limits.h"
#include "schema/validate.h"
#include "tests/engine/world.h"
#include "tests/tools/import/random_file.h"
#include "tools/import/mapper.h"
#include "tools/interchange/project_file.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>

using namespace qualog;
using namespace qualog::test;
using tools::Mapped;
using tools::Mapper;

namespace {

constexpr std::uint64_t kCases = 500;

interchange::Project read(const std::string& xml) {
  std::size_t at = 0;
  auto project = interchange::read_project_xml([&](std::span<char> into) -> Result<std::size_t> {
    const std::size_t count = std::min(into.size(), xml.size() - at);
    std::copy_n(xml.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
    at += count;
    return count;
  });
  BOOST_REQUIRE_MESSAGE(project.has_value(), project.error().message);
  return std::move(*project);
}

documents::MaterialKind kind_of(interchange::SourceKind kind) {
  using documents::MaterialKind;
  constexpr MaterialKind kKinds[] = {MaterialKind::Text, MaterialKind::Picture, MaterialKind::Pdf,
                                     MaterialKind::Audio, MaterialKind::Video};
  return kKinds[static_cast<std::size_t>(kind)];
}

// Of some size, or of none that is known; the same for the same file.
documents::Material material(interchange::SourceKind kind, Rng& rng) {
  documents::Material made;
  made.kind = kind_of(kind);
  made.mime = "application/octet-stream";
  made.file = "a file";
  made.bytes = 9;
  made.digest = sha256(view("a file"));
  const auto side = [&] {
    return below(rng, 3) == 0 ? 0U : static_cast<std::uint32_t>(below(rng, 500));
  };
  if (kind == interchange::SourceKind::Picture) made.width = side(), made.height = side();
  if (kind == interchange::SourceKind::Pdf)
    for (auto pages = below(rng, 3); pages > 0; --pages)
      made.pages.push_back({side() + 0.276, side() / 3.0, 0, 0});
  if (made.kind == documents::MaterialKind::Audio || made.kind == documents::MaterialKind::Video)
    made.duration_ms = side();
  return made;
}

tools::SourceFiles files_of(const interchange::Project& project, const std::string& xml) {
  Rng rng(xml.size());
  tools::SourceFiles files;
  for (interchange::Index index = 0; index < project.sources.size(); ++index) {
    const auto kind = project.sources[index].kind;
    if (kind == interchange::SourceKind::Text || below(rng, 3) == 0) continue;
    files[index] = std::make_shared<const documents::Material>(material(kind, rng));
  }
  return files;
}

Mapped mapped(const interchange::Project& project, const World& world, const std::string& xml) {
  return Mapper(project, world.keys().name, sha256(view(xml)), world.ann.principal,
                files_of(project, xml))
      .map();
}

fb::CommandT import_of(World& world, const Mapped& mapped) {
  fb::ImportStartedT started;
  started.file = plain_text("random.qde");
  Actions actions = {action_of(std::move(started))};
  actions.insert(actions.end(), mapped.actions.begin(), mapped.actions.end());
  auto command = world.command(world.ann, actions);
  command.seen = engine::kLatest;
  return command;
}

// Why the import is not as it must be; empty when it is. `first`: where its events begin.
std::string fault_of(World& world, const Mapped& mapped) {
  const auto first = world.events().size();
  const auto answer = world.sends(world.ann, import_of(world, mapped));
  if (result(answer) != "accepted")
    return result(answer) + ": " + (answer.refusal ? answer.refusal->detail : answer.message);
  for (std::size_t at = first; at < world.events().size(); ++at) {
    const auto& stored = world.events()[at];
    const auto event = event_view(stored);
    if (!event) return event.error().message;
    if (const auto flaw = flaw_in(**event, stored)) return flaw->field + " " + flaw->problem;
  }
  return "";
}

// How many elements of each kind the rows "lost" name.
interchange::Counts lost_of(const Mapped& mapped) {
  interchange::Counts lost;
  for (const auto& row : mapped.losses) {
    const auto place = interchange::counted_as(row.element);
    if (place != nullptr && row.kind == interchange::LossKind::Lost) lost.*place += row.count;
  }
  return lost;
}

interchange::Counts sum_of(interchange::Counts sum, const interchange::Counts& more) {
  for (const auto place :
       {&interchange::Counts::users, &interchange::Counts::sources, &interchange::Counts::codes,
        &interchange::Counts::selections, &interchange::Counts::codings,
        &interchange::Counts::notes, &interchange::Counts::links, &interchange::Counts::sets,
        &interchange::Counts::cases, &interchange::Counts::variables})
    sum.*place += more.*place;
  return sum;
}

const fb::AreaT* area_in(const fb::ActionUnion& action) {
  if (const auto* coding = action.AsCodingAdded()) return coding->area.get();
  if (const auto* annotation = action.AsAnnotationCreated()) return annotation->area.get();
  const auto* link = action.AsSeealsoCreated();
  return link != nullptr ? link->from_area.get() : nullptr;
}

std::uint64_t areas_in(const Mapped& mapped) {
  return static_cast<std::uint64_t>(
      std::count_if(mapped.actions.begin(), mapped.actions.end(),
                    [](const fb::ActionUnion& action) { return area_in(action) != nullptr; }));
}

// What stands on a place and says of nobody whose it is would be the importer's.
bool is_the_importers(const fb::ActionUnion& action) {
  if (const auto* coding = action.AsCodingAdded()) return !coding->coder;
  const auto* annotation = action.AsAnnotationCreated();
  return annotation != nullptr && !(annotation->claim && annotation->claim->author);
}

bool has_of_the_importers(const Mapped& mapped) {
  return std::any_of(mapped.actions.begin(), mapped.actions.end(), is_the_importers);
}

struct Imported {
  World world;
  Mapped what;
  std::string fault;
};

Imported import_random(Rng& rng) {
  Imported imported;
  const auto xml = RandomFile(rng).xml();
  const auto project = read(xml);
  imported.what = mapped(project, imported.world, xml);
  BOOST_TEST(
      (sum_of(imported.what.imported, lost_of(imported.what)) == interchange::count(project)));
  imported.fault = fault_of(imported.world, imported.what);
  return imported;
}

// Whether a spoilt copy of some random import is found.
template <class Spoil>
bool finds(Spoil spoil) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Rng rng(seed);
    World world;
    const auto xml = RandomFile(rng).xml();
    const auto project = read(xml);
    auto what = mapped(project, world, xml);
    const bool spoilt = std::any_of(what.actions.begin(), what.actions.end(), spoil);
    if (spoilt) return !fault_of(world, what).empty();
  }
  return false;
}

}  // namespace

BOOST_AUTO_TEST_CASE(D_15_M_12_any_file_is_decided_and_can_be_read_back) {
  std::uint64_t cases = 0, events = 0, areas = 0;
  for_seeds(kCases, [&](Rng& rng, std::uint64_t seed) {
    ++cases;  // fewer under a sanitizer
    const auto imported = import_random(rng);
    areas += areas_in(imported.what);
    BOOST_TEST(!has_of_the_importers(imported.what), "seed " << seed);
    BOOST_TEST(imported.fault == "", "seed " << seed << ": " << imported.fault);
    if (seed % 5 == 0)  // it costs as much as all the rest
      BOOST_TEST((imported.world.replayed() == imported.world.digests()), "seed " << seed);
    events += imported.world.events().size();
  });
  BOOST_TEST_MESSAGE(events << " events, " << areas << " areas");
  BOOST_TEST(areas > cases / 2);
}

BOOST_AUTO_TEST_CASE(importing_twice_gives_one_content) {
  for_seeds(kCases / 20, [&](Rng& rng, std::uint64_t seed) {
    Rng again = rng;
    const auto one = import_random(rng);
    auto other = import_random(again);
    BOOST_TEST((one.world.digests().content == other.world.digests().content), "seed " << seed);
  });
}

BOOST_AUTO_TEST_CASE(control_what_is_the_importers_is_found) {
  Mapped mapped;
  mapped.actions.push_back(action_of(fb::CodingAddedT{}));
  BOOST_TEST(has_of_the_importers(mapped));
}

BOOST_AUTO_TEST_CASE(control_a_name_that_is_taken_is_found) {
  std::unique_ptr<fb::TextT> first;
  BOOST_TEST(finds([&](fb::ActionUnion& action) {
    auto* source = action.AsSourceCreated();
    if (source == nullptr) return false;
    const bool second = first != nullptr;
    if (second) source->name = std::make_unique<fb::TextT>(*first);
    first = std::make_unique<fb::TextT>(*source->name);
    return second;
  }));
}

BOOST_AUTO_TEST_CASE(control_a_name_that_cannot_be_read_back_is_found) {
  BOOST_TEST(finds([](fb::ActionUnion& action) {
    auto* code = action.AsCodeCreated();
    if (code != nullptr) code->name = name_text(test_name_key(), "next\u0085line");
    return code != nullptr;
  }));
}

BOOST_AUTO_TEST_CASE(control_an_event_that_is_too_large_is_found) {
  BOOST_TEST(finds([](fb::ActionUnion& action) {
    auto* source = action.AsSourceCreated();
    if (source == nullptr) return false;
    source->description = plain_text(std::string(limits::kItemBytesMax, 'd'));
    return true;
  }));
}

BOOST_AUTO_TEST_CASE(control_a_time_with_a_line_end_is_found) {
  BOOST_TEST(finds([](fb::ActionUnion& action) {
    auto* coding = action.AsCodingAdded();
    if (coding != nullptr) coding->claim->time = "noon\n";
    return coding != nullptr;
  }));
}

BOOST_AUTO_TEST_CASE(control_an_id_in_use_is_found) {
  ItemId last;
  BOOST_TEST(finds([&](fb::ActionUnion& action) {
    auto* code = action.AsCodeCreated();
    if (code == nullptr) return false;
    if (last) code->id = last;
    return bool(std::exchange(last, code->id));
  }));
}

BOOST_AUTO_TEST_CASE(control_an_area_that_is_empty_is_found) {
  BOOST_TEST(finds([](fb::ActionUnion& action) {
    auto* coding = action.AsCodingAdded();
    if (coding == nullptr || !coding->area) return false;
    coding->area->left = coding->area->right;
    return true;
  }));
}
