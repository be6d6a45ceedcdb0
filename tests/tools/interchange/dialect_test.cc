// SPDX-License-Identifier: Apache-2.0
// Positions are counted by the fixture writer in each program's habits and must come back as the
// code points they were made from; the mapping alone is held against a table of every boundary.
// The controls read with the wrong dialect, and must go wrong.
#include "tools/interchange/refi/dialect.h"

#include "tests/tools/interchange/confined.h"
#include "tests/tools/interchange/fixture_writer.h"
#include "tools/interchange/project_file.h"
#include "tools/interchange/refi/range_evidence.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;
using namespace qualog::interchange;

namespace {

SourceText text_of_bytes(std::string bytes) {
  auto text = decode_text(std::move(bytes), "the text");
  BOOST_REQUIRE(text.has_value());
  return std::move(*text);
}

constexpr OffsetDialect kNvivo{OffsetUnit::Utf16, NewlineWidth::Two, false};

std::vector<OffsetDialect> all_dialects() {
  std::vector<OffsetDialect> all;
  for (const auto unit : {OffsetUnit::CodePoint, OffsetUnit::Utf16}) {
    for (const auto newline : {NewlineWidth::One, NewlineWidth::Two}) {
      for (const bool mark : {false, true}) all.push_back({unit, newline, mark});
    }
  }
  return all;
}

bool has_doubt(const Project& project, std::string_view part) {
  for (const Loss& loss : project.losses) {
    if (loss.reason.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_program_s_positions_come_back_as_code_points) {
  const ScratchFolder folder;
  for_seeds(25, [&](Rng& rng, std::uint64_t seed) {
    const std::vector<FixtureSource> sources = {random_source(rng, 30, 40),
                                                random_source(rng, 12, 25)};
    for (const ProgramHabits& habits : kPrograms) {
      const auto project =
          read_project_file(folder.write("a.qdpx", project_archive(sources, habits)));
      BOOST_REQUIRE(project.has_value());
      BOOST_TEST_CONTEXT("QUALOG_SEED=" << seed << " " << habits.name) {
        std::size_t wrong = 0;
        std::size_t at = 0;
        for (const FixtureSource& source : sources) {
          for (const Quote& quote : source.quotes) {
            const Selection& read = project->selections.at(at++);
            wrong += read.start != quote.start || read.end != quote.end ||
                             read.placement != Placement::Placed
                         ? 1
                         : 0;
          }
        }
        BOOST_TEST(at == project->selections.size());
        BOOST_TEST(wrong == 0U);
        BOOST_TEST(project->dialects.size() == 2U);
        for (const SourceDialect& row : project->dialects) {
          BOOST_TEST(row.choice.score >= 0.9);
          BOOST_TEST(!row.choice.doubtful());
        }
        BOOST_TEST((project->forms.at(0).text->utf8 == utf8_of(sources[0].text)));
      }
    }
  });
}

// The control: what a reader that trusts the standard makes of a file in another dialect.
BOOST_AUTO_TEST_CASE(the_wrong_dialect_misplaces_quotations) {
  Rng rng(7);
  const FixtureSource source = random_source(rng, 30, 40);
  const ProgramHabits& habits = kPrograms[2];
  const SourceText text = text_of_bytes(text_file(source, habits));
  std::vector<ForeignRange> ranges;
  for (const Quote& quote : source.quotes) {
    ranges.push_back({foreign_position(source, quote.start, habits),
                      foreign_position(source, quote.end, habits), quote.name});
  }
  std::size_t wrong = 0;
  const auto placed = place_ranges(text, OffsetDialect{}, ranges);
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    wrong += placed[i].start != source.quotes[i].start ? 1 : 0;
  }
  BOOST_TEST(wrong > ranges.size() / 2);
  BOOST_TEST((choose_dialect(text, ranges, "").dialect == kNvivo));
  BOOST_TEST((choose_dialect(text, ranges, "ATLAS.ti").dialect == kNvivo));
}

// Every position of small texts against the list of all boundaries.
BOOST_AUTO_TEST_CASE(positions_map_as_a_list_of_boundaries_does) {
  const std::u32string_view alphabet = U"ab\nø€😀𝒜 ";
  for_seeds(300, [&](Rng& rng, std::uint64_t seed) {
    FixtureSource source;
    for (std::uint64_t i = below(rng, 12); i-- > 0;) {
      source.text += alphabet[below(rng, alphabet.size())];
    }
    const bool crlf = below(rng, 2) == 0;
    for (const OffsetDialect& dialect : all_dialects()) {
      const ProgramHabits habits{.utf16_units = dialect.unit == OffsetUnit::Utf16,
                                 .crlf_in_file = crlf,
                                 .crlf_counted_twice = dialect.newline == NewlineWidth::Two,
                                 .mark_counted = dialect.byte_order_mark_counted};
      const SourceText text = text_of_bytes(text_file(source, habits));
      std::vector<std::int64_t> boundaries;
      for (std::uint64_t i = 0; i <= source.text.size(); ++i) {
        boundaries.push_back(foreign_position(source, i, habits));
      }
      for (std::int64_t p = -2; p < boundaries.back() + 3; ++p) {
        const ForeignRange range{p, p, {}};
        const PlacedRange placed = place_ranges(text, dialect, std::span(&range, 1)).front();
        const auto next = std::lower_bound(boundaries.begin(), boundaries.end(), p);
        const auto index = static_cast<std::uint64_t>(next - boundaries.begin());
        const bool exact = next != boundaries.end() && *next == p;
        const bool past = next == boundaries.end();
        BOOST_TEST_CONTEXT("QUALOG_SEED=" << seed << " position " << p) {
          BOOST_TEST(placed.end == std::min<std::uint64_t>(index, source.text.size()));
          if (p < 0 || past) {
            BOOST_TEST((placed.placement == Placement::Clamped));
          } else if (exact) {
            BOOST_TEST(placed.start == index);
            BOOST_TEST((placed.placement == Placement::Placed));
          } else if (p > boundaries.front()) {
            BOOST_TEST(placed.start == index - 1);
            BOOST_TEST((placed.placement == Placement::Snapped));
          }
        }
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(ranges_never_split_a_character) {
  const SourceText text = text_of_bytes("a\xF0\x9F\x98\x80z");
  const OffsetDialect utf16{OffsetUnit::Utf16, NewlineWidth::One, false};
  const std::vector<ForeignRange> ranges = {{2, 4, ""}, {0, 2, ""}, {2, 2, ""}, {9, 1, ""}};
  const auto placed = place_ranges(text, utf16, ranges);
  BOOST_TEST((placed[0] == PlacedRange{1, 3, Placement::Snapped}));
  BOOST_TEST((placed[1] == PlacedRange{0, 2, Placement::Snapped}));
  BOOST_TEST((placed[2] == PlacedRange{1, 2, Placement::Snapped}));
  BOOST_TEST((placed[3] == PlacedRange{1, 3, Placement::Clamped}));
}

BOOST_AUTO_TEST_CASE(mixed_line_ends_count_as_they_are_stored) {
  const SourceText text = text_of_bytes("one\r\ntwo\nthree");
  const OffsetDialect two{OffsetUnit::CodePoint, NewlineWidth::Two, false};
  const ForeignRange range{9, 14, "three"};
  BOOST_TEST(
      (place_ranges(text, two, std::span(&range, 1))[0] == PlacedRange{8, 13, Placement::Placed}));
}

// Inline texts have lost their CR to the XML parser; their positions may still count it.
BOOST_AUTO_TEST_CASE(newlines_count_twice_where_the_text_was_unified) {
  const SourceText text = text_of_bytes("one\ntwo\nthree");
  const ForeignRange range{10, 15, "three"};
  const DialectChoice choice = choose_dialect(text, std::span(&range, 1), "");
  BOOST_TEST((choice.dialect.newline == NewlineWidth::Two));
  BOOST_TEST((choice.decided_by == DecidedBy::Evidence));
}

BOOST_AUTO_TEST_CASE(origin_breaks_ties_only) {
  // One unit a newline marks "d", two mark "c": both are whole words.
  const SourceText tied = text_of_bytes("a\r\n\r\nb c d e f");
  const ForeignRange either{7, 8, "Quotation 1"};
  const auto by = [&](std::string_view origin) {
    return choose_dialect(tied, std::span(&either, 1), origin);
  };
  const bool tie = by("NVivo 12").decided_by == DecidedBy::Origin;
  BOOST_TEST(tie);
  BOOST_TEST((by("NVivo 12").dialect.newline == NewlineWidth::Two));
  BOOST_TEST((by("ATLAS.ti 8").dialect.newline == NewlineWidth::One));
  BOOST_TEST((by("unknown").decided_by == DecidedBy::Standard));
  BOOST_TEST(by("unknown").doubtful());
  // A preview settles it against the origin's habit.
  const ForeignRange told{7, 8, "c"};
  const DialectChoice settled = choose_dialect(tied, std::span(&told, 1), "ATLAS.ti 8");
  BOOST_TEST((settled.dialect.newline == NewlineWidth::Two));
  BOOST_TEST((settled.decided_by == DecidedBy::Evidence));
}

BOOST_AUTO_TEST_CASE(a_text_without_choices_is_never_in_doubt_by_itself) {
  const SourceText plain = text_of_bytes("one two three");
  const ForeignRange range{4, 7, "Quotation"};
  const DialectChoice choice = choose_dialect(plain, std::span(&range, 1), "");
  BOOST_TEST((choice.decided_by == DecidedBy::Only));
  BOOST_TEST(choice.score == 1.0);
  BOOST_TEST(!choose_dialect(plain, {}, "").doubtful());
}

// Taguette-like byte positions: a unit that no dialect has must be noticed.
BOOST_AUTO_TEST_CASE(an_unknown_unit_is_warned_about) {
  const ScratchFolder folder;
  Rng rng(3);
  FixtureSource source = random_source(rng, 20, 30);
  std::string selections;
  for (std::size_t i = 0; i < source.quotes.size(); ++i) {
    const auto bytes_to = [&](std::uint64_t at) {
      return std::to_string(utf8_of(std::u32string_view(source.text).substr(0, at)).size());
    };
    selections += "<PlainTextSelection guid='" + fixture_guid(6, i) + "' startPosition='" +
                  bytes_to(source.quotes[i].start) + "' endPosition='" +
                  bytes_to(source.quotes[i].end) + "'/>";
  }
  const std::string xml =
      project_xml("<Sources><TextSource guid='" + fixture_guid(5, 0) +
                  "' plainTextPath='internal://a.txt'>" + selections + "</TextSource></Sources>");
  const auto project = read_project_file(
      folder.write("a.qdpx", archive_of(xml, {{"a.txt", text_file(source, kPrograms[0])}})));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(project->dialects.at(0).choice.score < kDialectScoreDoubtful);
  BOOST_TEST(has_doubt(*project, "fit its text badly"));
}

BOOST_AUTO_TEST_CASE(names_are_previews_only_where_they_preview) {
  const Preview whole = make_preview("  two \n words ");
  BOOST_TEST(whole.words == "two words");
  BOOST_TEST(matches_preview("two\nwords", whole));
  BOOST_TEST(matches_preview(" two  words\n", whole));
  BOOST_TEST(!matches_preview("two words more", whole));
  BOOST_TEST(!matches_preview("wo words", whole));
  const Preview cut = make_preview("two wo\xE2\x80\xA6");
  BOOST_TEST(cut.cut);
  BOOST_TEST(matches_preview("two words more", cut));
  BOOST_TEST(!matches_preview("two", cut));
  BOOST_TEST(matches_preview("a sentence that goes on", make_preview("a sentence tha")));
  BOOST_TEST(!matches_preview("anything", make_preview("")));
  BOOST_TEST(!matches_preview("anything", make_preview("...")));
}

BOOST_AUTO_TEST_CASE(ends_fit_where_words_end) {
  const std::string text = utf8_of(U"før regn, så\n中文");
  BOOST_TEST(start_fits(text, 0).value() == 1.0);
  BOOST_TEST(start_fits(text, 1).value() == 0.0);  // inside of a word
  BOOST_TEST(start_fits(text, 4).value() == 0.0);  // at the space
  BOOST_TEST(start_fits(text, 5).value() == 1.0);
  BOOST_TEST(end_fits(text, 4).value() == 1.0);
  BOOST_TEST(end_fits(text, 5).value() == 0.0);                // after the space
  BOOST_TEST(end_fits(text, 9).value() == 1.0);                // before the comma
  BOOST_TEST(!start_fits(text, text.size() - 3).has_value());  // between two Han characters
}
