// SPDX-License-Identifier: Apache-2.0
// Every Store against std::map, by random operations on few and awkward keys. The control is a
// store with one fault; the comparison must find it.
#include "projector/lmdb/environment.h"
#include "tests/projector/story.h"
#include "tests/support/seed.h"

#include <functional>
#include <map>

namespace qualog::test {

using namespace projector;

namespace {

using Rows = std::map<std::pair<Table, std::string>, std::string>;

class Subject {
 public:
  virtual ~Subject() = default;
  virtual Store& store() = 0;
};

void fill(Store& store, const Rows& rows) {
  for (const auto& [key, value] : rows) store.put(key.first, view(key.second), view(value));
}

class OnMemory : public Subject {
 public:
  explicit OnMemory(const Rows& rows) { fill(store_, rows); }
  Store& store() override { return store_; }

 private:
  MemoryStore store_;
};

class OnOverlay : public Subject {
 public:
  explicit OnOverlay(const Rows& rows) : overlay_(&base_) { fill(base_, rows); }
  Store& store() override { return overlay_; }

 private:
  MemoryStore base_;
  Overlay overlay_;
};

class Lmdb {
 public:
  explicit Lmdb(const Rows& rows) {
    auto environment = Environment::open(directory_.path(), Environment::Mode::ReadWrite);
    BOOST_REQUIRE(environment);
    environment_ = std::move(*environment);
    auto txn = begin();
    fill(*txn, rows);
    BOOST_REQUIRE(txn->commit());
  }
  std::unique_ptr<WriteTransaction> begin() {
    auto txn = WriteTransaction::begin(*environment_);
    BOOST_REQUIRE(txn);
    return std::move(*txn);
  }
  std::unique_ptr<ReadTransaction> read() {
    auto txn = ReadTransaction::begin(*environment_);
    BOOST_REQUIRE(txn);
    return std::move(*txn);
  }

 private:
  ScratchDirectory directory_;
  std::unique_ptr<Environment> environment_;
};

class OnLmdb : public Subject {
 public:
  explicit OnLmdb(const Rows& rows) : lmdb_(rows), txn_(lmdb_.begin()) {}
  Store& store() override { return *txn_; }

 private:
  Lmdb lmdb_;
  std::unique_ptr<WriteTransaction> txn_;
};

class OnOverlayOverLmdb : public Subject {
 public:
  explicit OnOverlayOverLmdb(const Rows& rows)
      : lmdb_(rows), txn_(lmdb_.read()), overlay_(txn_.get()) {}
  Store& store() override { return overlay_; }

 private:
  Lmdb lmdb_;
  std::unique_ptr<ReadTransaction> txn_;
  Overlay overlay_;
};

// Forgets to erase what the base holds.
class Forgetful : public OnOverlay {
 public:
  explicit Forgetful(const Rows& rows) : OnOverlay(rows), store_(OnOverlay::store()) {}
  Store& store() override { return store_; }

 private:
  class Faulty : public Store {
   public:
    explicit Faulty(Store& inner) : inner_(inner) {}
    std::optional<ByteView> get(Table table, ByteView key) const override {
      return inner_.get(table, key);
    }
    void scan_from(Table table, ByteView prefix, ByteView first, Visit visit) const override {
      inner_.scan_from(table, prefix, first, visit);
    }
    void put(Table table, ByteView key, ByteView value) override { inner_.put(table, key, value); }
    void erase(Table table, ByteView key) override {
      if (key.size() != 2) inner_.erase(table, key);
    }

   private:
    Store& inner_;
  };
  Faulty store_;
};

constexpr Table kTables[] = {Table::Meta, Table::Items, Table::Ranges, Table::Inbox};

Table random_table(Rng& rng) { return kTables[below(rng, std::size(kTables))]; }

// Few keys, so that they meet: short ones of awkward bytes, and one past the usual length.
std::string random_key(Rng& rng) {
  static constexpr char kBytes[] = {'\0', '\x01', '\x7f', '\xff'};
  std::string key(below(rng, 4), 'x');
  for (auto& byte : key) byte = kBytes[below(rng, std::size(kBytes))];
  if (below(rng, 8) == 0) key.append(80, '\x7f');
  return key;
}

std::string random_value(Rng& rng) {
  const auto size = below(rng, 20) == 0 ? 5000 : below(rng, 40);
  return std::string(size, static_cast<char>(below(rng, 256)));
}

Rows random_rows(Rng& rng) {
  Rows rows;
  for (auto left = below(rng, 30); left > 0; --left)
    rows[{random_table(rng), random_key(rng)}] = random_value(rng);
  return rows;
}

using Listed = std::vector<std::pair<std::string, std::string>>;

// What is asked of a scan: the first `most` rows from `first` on.
struct Asked {
  std::string prefix;
  std::string first;
  std::size_t most = 100'000;
};

Listed scanned(const Reader& reader, Table table, const Asked& asked) {
  Listed rows;
  if (asked.most == 0) return rows;
  const auto add = [&](ByteView key, ByteView value) {
    rows.emplace_back(text_of(key), text_of(value));
    return rows.size() < asked.most;
  };
  reader.scan_from(table, view(asked.prefix), view(asked.first), add);
  return rows;
}

Listed expected(const Rows& rows, Table table, const Asked& asked) {
  Listed found;
  for (const auto& [key, value] : rows)
    if (key.first == table && key.second.starts_with(asked.prefix) && key.second >= asked.first &&
        found.size() < asked.most)
      found.emplace_back(key.second, value);
  return found;
}

bool gives(const Reader& reader, const Rows& model, Table table, const std::string& key) {
  const auto got = reader.get(table, view(key));
  const auto want = model.find({table, key});
  if (want == model.end()) return !got;
  return got && text_of(*got) == want->second;
}

bool same_rows(const Reader& reader, const Rows& model) {
  for (const Table table : kTables)
    if (scanned(reader, table, {}) != expected(model, table, {})) return false;
  return true;
}

// One random operation on both; false: they differ.
bool step(Rng& rng, Store& store, Rows& model) {
  const Table table = random_table(rng);
  const std::string key = random_key(rng);
  switch (below(rng, 5)) {
    case 0:
    case 1: {
      const auto value = random_value(rng);
      store.put(table, view(key), view(value));
      model[{table, key}] = value;
      return true;
    }
    case 2:
      store.erase(table, view(key));
      model.erase({table, key});
      return true;
    case 3:
      return gives(store, model, table, key);
    default: {
      const Asked asked{key.substr(0, below(rng, key.size() + 1)), key, below(rng, 6)};
      return scanned(store, table, asked) == expected(model, table, asked);
    }
  }
}

using Make = std::function<std::unique_ptr<Subject>(const Rows&)>;

template <class Kind>
Make make() {
  return [](const Rows& rows) { return std::make_unique<Kind>(rows); };
}

bool conforms(const Make& make_subject, Rng& rng) {
  Rows model = random_rows(rng);
  const auto subject = make_subject(model);
  for (int i = 0; i < 200; ++i)
    if (!step(rng, subject->store(), model)) return false;
  return same_rows(subject->store(), model);
}

void check_conforms(const Make& make_subject, std::uint64_t cases) {
  for_seeds(cases, [&](Rng& rng, std::uint64_t seed) {
    BOOST_CHECK_MESSAGE(conforms(make_subject, rng), "QUALOG_SEED=" << seed);
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_conformance)

BOOST_AUTO_TEST_CASE(memory_conforms) { check_conforms(make<OnMemory>(), 300); }
BOOST_AUTO_TEST_CASE(overlay_over_memory_conforms) { check_conforms(make<OnOverlay>(), 300); }
BOOST_AUTO_TEST_CASE(lmdb_write_transaction_conforms) { check_conforms(make<OnLmdb>(), 60); }
BOOST_AUTO_TEST_CASE(overlay_over_lmdb_conforms) { check_conforms(make<OnOverlayOverLmdb>(), 60); }

BOOST_AUTO_TEST_CASE(control_a_store_that_forgets_to_erase_is_found) {
  BOOST_CHECK(
      first_noticed(50, [](Rng& rng, std::uint64_t) { return !conforms(make<Forgetful>(), rng); }));
}

BOOST_AUTO_TEST_CASE(overlay_writes_to_its_target_what_it_holds) {
  for_seeds(200, [&](Rng& rng, std::uint64_t seed) {
    const Rows base = random_rows(rng);
    MemoryStore below_it, target;
    fill(below_it, base);
    fill(target, base);
    Overlay overlay(&below_it);
    Rows model = base;
    for (int i = 0; i < 100; ++i) step(rng, overlay, model);
    overlay.write_to(target);
    BOOST_CHECK_MESSAGE(same_rows(target, model), "QUALOG_SEED=" << seed);
  });
}

namespace {

// Some steps, and within them savepoints, each kept or taken back by chance.
void live_with_savepoints(Rng& rng, Overlay& overlay, Rows& model, int depth) {
  for (int i = 0; i < 12; ++i) {
    step(rng, overlay, model);
    if (depth == 0 || below(rng, 4) > 0) continue;
    Overlay::Savepoint savepoint(overlay);
    Rows inner = model;
    live_with_savepoints(rng, overlay, inner, depth - 1);
    if (below(rng, 2) == 0) continue;  // its end takes back
    savepoint.keep();
    model = std::move(inner);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(overlay_takes_back_what_no_savepoint_keeps) {
  for_seeds(300, [&](Rng& rng, std::uint64_t seed) {
    const Rows base = random_rows(rng);
    MemoryStore below_it, alone, target;
    for (auto* store : {&below_it, &alone, &target}) fill(*store, base);
    Overlay above(&below_it);
    for (Overlay* overlay : {&above, static_cast<Overlay*>(&alone)}) {
      Rows model = base;
      live_with_savepoints(rng, *overlay, model, 3);
      BOOST_CHECK(overlay->is_at_rest());
      BOOST_CHECK_MESSAGE(same_rows(*overlay, model), "QUALOG_SEED=" << seed);
      if (overlay != &above) continue;
      overlay->write_to(target);
      BOOST_CHECK_MESSAGE(same_rows(target, model), "QUALOG_SEED=" << seed);
    }
  });
}

BOOST_AUTO_TEST_CASE(lmdb_keeps_what_is_committed_and_nothing_else) {
  Lmdb lmdb({{{Table::Items, "a"}, "1"}});
  {
    auto dropped = lmdb.begin();
    dropped->put(Table::Items, view("b"), view("2"));
  }
  auto kept = lmdb.begin();
  kept->put(Table::Items, view("c"), view("3"));
  const auto before = lmdb.read();
  BOOST_REQUIRE(kept->commit());
  BOOST_CHECK(same_rows(*before, {{{Table::Items, "a"}, "1"}}));
  BOOST_CHECK(same_rows(*lmdb.read(), {{{Table::Items, "a"}, "1"}, {{Table::Items, "c"}, "3"}}));
}

BOOST_AUTO_TEST_CASE(lmdb_reports_a_key_that_is_too_long_at_commit) {
  Lmdb lmdb({});
  auto txn = lmdb.begin();
  txn->put(Table::Items, Bytes(600, 1), view("x"));
  BOOST_CHECK(!txn->commit());
}

BOOST_AUTO_TEST_CASE(lmdb_does_not_commit_over_damage) {
  Lmdb lmdb({});
  auto txn = lmdb.begin();
  txn->put(Table::Items, view("a"), view("x"));
  txn->report_damage("a row cannot be read");
  const auto committed = txn->commit();
  BOOST_REQUIRE(!committed);
  BOOST_CHECK(committed.error().code == Code::damaged);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
