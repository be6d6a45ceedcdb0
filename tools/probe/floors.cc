// SPDX-License-Identifier: Apache-2.0
#include "tools/probe/floors.h"

#include "projector/lmdb/environment.h"
#include "schema/assert.h"
#include "schema/chain.h"

#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>

namespace qualog::tools {

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Spread spread_of(std::vector<double> sample) {
  QUALOG_ASSERT(!sample.empty());
  std::sort(sample.begin(), sample.end());
  const auto at = [&](double part) {
    return sample[static_cast<std::size_t>(
        std::lround(part * static_cast<double>(sample.size() - 1)))];
  };
  return {at(0.05), at(0.5), at(0.95)};
}

std::vector<double> sync_floor(const std::filesystem::path& directory, std::size_t bytes,
                               std::size_t repeats) {
  const auto path = directory / "sync.floor";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  QUALOG_ASSERT(file >= 0);
  const Bytes zeros(1 << 20), record(bytes, 0x5A);
  for (std::size_t filled = 0; filled < bytes * (repeats + 1); filled += zeros.size())
    QUALOG_ASSERT(::write(file, zeros.data(), zeros.size()) > 0);
  QUALOG_ASSERT(::fsync(file) == 0);
  std::vector<double> sample;
  off_t offset = 0;
  for (std::size_t repeat = 0; repeat < repeats; ++repeat, offset += static_cast<off_t>(bytes))
    sample.push_back(seconds_of([&] {
      QUALOG_ASSERT(::pwrite(file, record.data(), bytes, offset) == static_cast<ssize_t>(bytes));
      QUALOG_ASSERT(::fdatasync(file) == 0);
    }));
  ::close(file);
  std::filesystem::remove(path);
  return sample;
}

namespace {
void put_rows(projector::Environment& environment, const std::vector<StoredRow>& rows,
              std::size_t begin, std::size_t end) {
  auto txn = projector::WriteTransaction::begin(environment).value();
  for (std::size_t row = begin; row < end; ++row)
    txn->put(static_cast<projector::Table>(rows[row].key[0]), ByteView(rows[row].key).subspan(1),
             rows[row].value);
  txn->commit().value();
}
}  // namespace

double put_floor(const std::filesystem::path& directory, const std::vector<StoredRow>& rows,
                 std::size_t in_transaction) {
  const auto path = directory / "put.floor";
  std::filesystem::create_directory(path);
  auto environment =
      projector::Environment::open(path, projector::Environment::Mode::ReadWrite).value();
  const double seconds = seconds_of([&] {
    for (std::size_t begin = 0; begin < rows.size(); begin += in_transaction)
      put_rows(*environment, rows, begin, std::min(rows.size(), begin + in_transaction));
  });
  environment.reset();
  std::filesystem::remove_all(path);
  return seconds;
}

double hash_floor(const std::vector<Bytes>& records, const std::vector<std::size_t>& items) {
  Chain chain(ChainDomain::Events);
  std::size_t item = 0;
  uLong checks = 0;
  Digest digest{};
  const double seconds = seconds_of([&] {
    for (const auto& record : records) {
      checks ^= ::crc32(0, record.data(), static_cast<uInt>(record.size()));
      for (std::size_t at = 0; item < items.size() && at + items[item] <= record.size();
           at += items[item++])
        digest = chain.next(digest, ByteView(record).subspan(at, items[item]));
    }
  });
  QUALOG_ASSERT(checks != 1 || digest != Digest{});
  return seconds;
}

}  // namespace qualog::tools
