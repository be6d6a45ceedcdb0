// SPDX-License-Identifier: Apache-2.0
// Hostile archives are written byte by byte and read in a child process each; every one must be
// refused in one line that holds nothing of it, under 64 MiB and two seconds. Honest archives with
// the habits of real programs must be read.
#include "tools/interchange/archive.h"

#include "tests/tools/interchange/confined.h"
#include "tests/tools/interchange/fixture_writer.h"
#include "tests/tools/interchange/zip_writer.h"
#include "tools/interchange/project_file.h"
#include "tools/interchange/refi/source_path.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <sys/stat.h>

using namespace qualog;
using namespace qualog::test;
using interchange::read_project_file;

namespace {

constexpr std::uint64_t kArchiveGrowthMax = 64ULL * 1024 * 1024;
constexpr double kArchiveSecondsMax = 2;
constexpr const char* kSecret = "jane-doe";

struct HostileArchive {
  std::string name;
  std::string bytes;
  std::string code;
  std::string says;
};

ZipItem project_item() {
  return {.name = "project.qde", .content = project_xml(""), .deflate = true};
}

std::string with_entry(ZipItem item) { return zip_bytes({project_item(), std::move(item)}); }

std::string named(const std::string& name) {
  return with_entry({.name = name, .content = kSecret});
}

std::string with_mode(std::uint32_t mode) {
  return with_entry(
      {.name = "sources/jane-doe.txt", .content = "/etc/passwd", .external = mode << 16});
}

// `packed` unpacks to far more than the archive says, or says.
std::string bomb(const std::string& name, const std::string& packed, std::uint32_t said) {
  return with_entry({.name = name, .content = packed, .method = 8, .said_bytes = said});
}

void put(std::string& out, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

// The same archive with ZIP64 records that say `entries`.
std::string with_zip64(std::string zip, std::uint64_t entries) {
  const std::string end = zip.substr(zip.size() - 22);
  zip.resize(zip.size() - 22);
  const std::size_t at = zip.size();
  zip += "PK\6\6";
  put(zip, 44, 8);
  put(zip, 45 | 45 << 16, 4);
  put(zip, 0, 8);
  put(zip, entries, 8);
  put(zip, entries, 8);
  put(zip, 0, 8);
  put(zip, 0, 8);
  zip += "PK\6\7";
  put(zip, 0, 4);
  put(zip, at, 8);
  put(zip, 1, 4);
  return zip + end;
}

std::vector<HostileArchive> slipping_archives() {
  std::vector<HostileArchive> all;
  for (const std::string name :
       {"../jane-doe.qde", "sources/../../jane-doe", "..", "jane-doe/.."}) {
    all.push_back({name, named(name), "invalid", "'..'"});
  }
  all.push_back({"absolute", named("/etc/jane-doe"), "invalid", "absolute"});
  all.push_back({"drive", named("C:jane-doe"), "invalid", "colon"});
  all.push_back({"backslash", named("sources\\..\\jane-doe"), "invalid", "backslash"});
  all.push_back({"nul", named(std::string("jane-doe\0../x", 13)), "invalid", "NUL"});
  all.push_back({"newline", named("jane-doe\nx"), "invalid", "control"});
  all.push_back({"long", named(std::string(1'025, 'x')), "invalid", "too long"});
  all.push_back({"nameless", named(""), "invalid", "no name"});
  all.push_back({"link", with_mode(0120777), "invalid", "link"});
  all.push_back({"device", with_mode(0060666), "invalid", "device"});
  all.push_back({"pipe", with_mode(0010666), "invalid", "device"});
  return all;
}

std::vector<HostileArchive> doubled_archives() {
  const auto twice = [](const std::string& a, const std::string& b) {
    return zip_bytes({project_item(), {.name = a, .content = "a"}, {.name = b, .content = "b"}});
  };
  return {
      {"same", twice("sources/jane-doe", "sources/jane-doe"), "invalid", "repeats"},
      {"case", twice("sources/jane-doe", "SOURCES/Jane-Doe"), "invalid", "repeats"},
      {"unicode case", twice("s/\xC3\x89", "s/\xC3\xA9"), "invalid", "repeats"},
      {"composition", twice("s/\xC3\xA9", "s/e\xCC\x81"), "invalid", "repeats"},
      {"dot", twice("./jane-doe", "jane-doe"), "invalid", "repeats"},
      {"overlap", with_entry({.name = "jane-doe", .content = "x", .said_offset = 0}), "invalid",
       "shares bytes"},
  };
}

std::vector<HostileArchive> bombs() {
  constexpr std::uint32_t kRun = 512U << 20;
  const std::string run = deflated_run('A', kRun);
  const ZipItem qde = {.name = "project.qde", .content = run, .method = 8, .said_bytes = 1'000'000};
  const std::string text = fixture_guid(0x50, 0) + ".txt";
  const std::string xml = project_xml(
      fmt::format(R"(<Sources><TextSource guid="{}" plainTextPath="internal://{}"/></Sources>)",
                  fixture_guid(0x50, 0), text));
  const auto with_text = [&](std::uint32_t said) {
    return zip_bytes(
        {{.name = "project.qde", .content = xml},
         {.name = "sources/" + text, .content = run, .method = 8, .said_bytes = said}});
  };
  return {
      {"honest bomb", bomb("sources/jane-doe", run, kRun), "too_large", "200 times"},
      {"lying project", zip_bytes({qde}), "invalid", "line 1"},
      {"honest text bomb", with_text(kRun), "too_large", "200 times"},
      {"lying text bomb", with_text(30'000'000), "invalid", "entry 2"},
      {"many entries", with_zip64(zip_bytes({project_item()}), 1'000'000'000), "too_large",
       "entries"},
  };
}

std::string patched(std::string bytes, const std::string& from, const std::string& to) {
  const std::size_t at = bytes.rfind(from);
  BOOST_REQUIRE(at != std::string::npos);
  return bytes.replace(at, to.size(), to);
}

std::vector<HostileArchive> broken_archives() {
  const std::string good = zip_bytes({project_item()});
  ZipItem locked = project_item();
  locked.flags = 1;
  ZipItem odd = project_item();
  odd.method = 14;
  ZipItem torn = project_item();
  torn.said_crc = 7;
  ZipItem docx = {.name = "word/jane-doe.xml", .content = "x"};
  return {
      {"encrypted", zip_bytes({locked}), "invalid", "encrypted"},
      {"method", zip_bytes({odd}), "invalid", "method"},
      {"checksum", zip_bytes({torn}), "invalid", "broken"},
      {"cut", good.substr(0, good.size() / 2), "invalid", "not a whole zip"},
      {"headless", good.substr(0, 4), "invalid", "not a whole zip"},
      {"no project", zip_bytes({docx}), "invalid", "no .qde"},
      {"hidden project", zip_bytes({{.name = "a/b/jane-doe.qde", .content = "x"}}), "invalid",
       "no .qde"},
      {"too few", zip_bytes({project_item(), docx}, 1), "invalid", "more than it says"},
      {"too many", zip_bytes({project_item()}, 2), "invalid", "directory"},
      {"far directory",
       patched(good, "PK\5\6", std::string("PK\5\6\0\0\0\0\1\0\1\0\xFF\xFF\0\0", 16)), "invalid",
       "outside"},
  };
}

void check_refused(const HostileArchive& archive, const Outcome& outcome) {
  BOOST_TEST_CONTEXT(archive.name << ": " << outcome.message) {
    BOOST_TEST(outcome.finished);
    BOOST_TEST(!outcome.read);
    BOOST_TEST(outcome.code == archive.code);
    BOOST_TEST(outcome.message.find(archive.says) != std::string::npos);
    BOOST_TEST(outcome.message.find(kSecret) == std::string::npos);
    BOOST_TEST(outcome.message.find('\n') == std::string::npos);
    if (!costs_are_real()) return;
    BOOST_TEST(outcome.growth_bytes < kArchiveGrowthMax);
    BOOST_TEST(outcome.seconds < kArchiveSecondsMax);
  }
}

void check_all_refused(const std::vector<HostileArchive>& archives) {
  const ScratchFolder folder;
  for (const HostileArchive& archive : archives) {
    check_refused(archive, read_confined(folder.write("hostile.qdpx", archive.bytes)));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(archive_refuses_names_that_leave_it) {
  check_all_refused(slipping_archives());
}

BOOST_AUTO_TEST_CASE(archive_refuses_doubled_entries) { check_all_refused(doubled_archives()); }

BOOST_AUTO_TEST_CASE(archive_refuses_bombs) { check_all_refused(bombs()); }

BOOST_AUTO_TEST_CASE(archive_refuses_broken_files) { check_all_refused(broken_archives()); }

// The local header names another file than the directory does: libzip hands out the directory's.
BOOST_AUTO_TEST_CASE(archive_believes_the_directory_alone) {
  const ScratchFolder folder;
  std::string bytes = zip_bytes({project_item()});
  bytes.replace(bytes.find("project.qde"), 11, "another.txt");
  BOOST_TEST(read_project_file(folder.write("a.qdpx", bytes)).has_value());
}

BOOST_AUTO_TEST_CASE(archive_refuses_two_directories) {
  const ScratchFolder folder;
  const std::string one = zip_bytes({project_item()});
  // A second, whole archive in the comment of the first: readers disagree on which counts.
  std::string both = one;
  const std::string inner = zip_bytes({{.name = "x", .content = "y"}});
  both[both.size() - 2] = static_cast<char>(inner.size());
  both += inner;
  const Outcome outcome = read_confined(folder.write("a.qdpx", both));
  BOOST_TEST(outcome.finished);
  BOOST_TEST(outcome.code == "invalid");
}

namespace {

std::string end_record(std::size_t size, std::size_t offset, std::size_t comment) {
  std::string out = "PK\5\6";
  put(out, 0, 4);
  put(out, 1, 2);
  put(out, 1, 2);
  put(out, size, 4);
  put(out, offset, 4);
  put(out, comment, 2);
  return out;
}

}  // namespace

// Two directories of one entry each, both whole: one reader may take the first, another the second.
BOOST_AUTO_TEST_CASE(archive_refuses_what_readers_could_read_in_two_ways) {
  const ScratchFolder folder;
  ZipItem other = project_item();
  other.name = "another.qde";
  const std::string both = zip_bytes({project_item(), other});
  const std::size_t size = 46 + other.name.size();  // of either directory
  const std::size_t at = both.size() - 22 - 2 * size;
  const std::string first = both.substr(at, size);
  const std::string second = both.substr(at + size, size);
  const std::size_t second_at = at + size + 22;
  const std::string end = end_record(size, second_at, 0);
  const std::string bytes =
      both.substr(0, at) + first + end_record(size, at, second.size() + end.size()) + second + end;
  const auto project = read_project_file(folder.write("a.qdpx", bytes));
  BOOST_REQUIRE(!project.has_value());
  BOOST_TEST(project.error().message.find("in two ways") != std::string::npos);
}

// The control of every cost check above.
BOOST_AUTO_TEST_CASE(confined_run_sees_memory_time_and_crashes) {
  const Outcome hungry = run_confined([]() -> std::pair<std::string, std::string> {
    const std::string big(128U << 20, 'x');
    return {"invalid", big.substr(0, 1)};
  });
  BOOST_TEST(hungry.finished);
  if (costs_are_real()) BOOST_TEST(hungry.growth_bytes > 100U << 20);
  const Outcome slow = run_confined([]() -> std::pair<std::string, std::string> {
    const std::clock_t start = std::clock();
    while (std::clock() - start < CLOCKS_PER_SEC / 5) continue;
    return {"invalid", ""};
  });
  BOOST_TEST(slow.seconds >= 0.2);
  const Outcome dead = run_confined([]() -> std::pair<std::string, std::string> { std::abort(); });
  BOOST_TEST(!dead.finished);
}

BOOST_AUTO_TEST_CASE(archive_finds_entries_in_any_case) {
  const ScratchFolder folder;
  const std::string bytes = zip_bytes({{.name = "notes/other.qde", .content = "x"},
                                       {.name = ".hidden.qde", .content = "x"},
                                       {.name = "Sources/", .external = 0040755U << 16},
                                       {.name = "Sources/ABC.Txt", .content = "text"},
                                       {.name = "First.QDE", .content = project_xml("")},
                                       {.name = "second.qde", .content = "x"}});
  auto input = interchange::open_input(folder.write("a.qdpx", bytes));
  auto archive = interchange::Archive::open(std::move(*input));
  BOOST_REQUIRE(archive.has_value());
  BOOST_TEST(archive->find("sources/abc.txt").value() == 3U);
  BOOST_TEST(!archive->find("abc.txt").has_value());
  BOOST_TEST(archive->project_entries().at(0) == 4U);
  const auto project = read_project_file(folder.path() / "a.qdpx");
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(project->losses.at(0).reason == "a second project file in the archive");
}

BOOST_AUTO_TEST_CASE(archive_reads_what_unix_and_dos_made) {
  const ScratchFolder folder;
  for (const int system : {0, 3, 19}) {
    ZipItem item = project_item();
    item.system = static_cast<std::uint8_t>(system);
    BOOST_TEST(read_project_file(folder.write("a.qdpx", zip_bytes({item}))).has_value());
  }
}

BOOST_AUTO_TEST_CASE(archive_takes_just_as_many_entries_as_the_limit) {
  std::vector<interchange::DirectoryEntry> entries;
  interchange::DirectoryEntry entry;
  entry.name = "a";
  entry.bytes = 200 * 10'000;
  entry.compressed_bytes = 10'000;
  entries.push_back(entry);
  BOOST_TEST(interchange::check_directory(entries).has_value());
  entries[0].bytes = 201 * 10'000;
  BOOST_TEST(!interchange::check_directory(entries).has_value());
  // Short texts may repeat themselves as they like.
  entries[0] = {.name = "a", .compressed_bytes = 10, .bytes = 1024 * 1024};
  BOOST_TEST(interchange::check_directory(entries).has_value());
}

BOOST_AUTO_TEST_CASE(project_file_refuses_what_is_no_regular_file) {
  const ScratchFolder folder;
  const auto pipe = folder.path() / "pipe.qdpx";
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  BOOST_TEST(name(read_project_file(pipe).error().code) == "invalid");
  BOOST_TEST(name(read_project_file(folder.path()).error().code) == "invalid");
  BOOST_TEST(name(read_project_file(folder.path() / "absent.qdpx").error().code) == "not_found");
  BOOST_TEST(name(read_project_file(folder.write("text.qdpx", "hello")).error().code) == "invalid");
}

BOOST_AUTO_TEST_CASE(paths_lead_only_into_the_archive) {
  using interchange::archive_name;
  for (const char* inside : {"internal://A.txt", "internal:///a.TXT", "internal:a.txt", "a.txt",
                             "Sources/a.txt", " internal://sources/a.txt ", "INTERNAL://a.txt"}) {
    BOOST_TEST_CONTEXT(inside) { BOOST_TEST(archive_name(inside).value_or("") == "a.txt"); }
  }
  for (const char* outside :
       {"absolute:///etc/passwd", "absolute://E:/a.txt", "relative:///a.txt", "/etc/passwd",
        "file:///etc/passwd", "http://x/a.txt", "../a.txt", "internal://../../a.txt", "a\\b.txt",
        "C:/a.txt", "", "internal://", "internal://sources/"}) {
    BOOST_TEST_CONTEXT(outside) { BOOST_TEST(!archive_name(outside).has_value()); }
  }
}
