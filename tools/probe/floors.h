// SPDX-License-Identifier: Apache-2.0
// Floors: what this machine can do at best with nothing of ours in the way. Every figure of ours is
// a ratio to a floor measured in the same run, with the same sizes and the same number of syncs.
// Not portable numbers: a disk that lies about syncs makes both fast. One thread.
#pragma once

#include "schema/bytes.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace qualog::tools {

// Seconds that `work` takes, by the monotonic clock.
double seconds_of(const std::function<void()>& work);

// Median, and the values nearest to 5 % and 95 %, of a sample: of ten or fewer the lowest and the
// highest.
struct Spread {
  double low = 0;
  double median = 0;
  double high = 0;
};
Spread spread_of(std::vector<double> sample);

// Seconds of each write of `bytes` + fdatasync, one behind the other, into a zero-filled file.
std::vector<double> sync_floor(const std::filesystem::path& directory, std::size_t bytes,
                               std::size_t repeats);

// Rows as a state stores them, table number in front of the key.
struct StoredRow {
  Bytes key;
  Bytes value;
};
// Seconds to put the rows, in this order, into a fresh environment (MDB_NOSYNC), `in_transaction`
// rows each.
double put_floor(const std::filesystem::path& directory, const std::vector<StoredRow>& rows,
                 std::size_t in_transaction);

// Seconds to read files of records once and to take CRC-32 over every record and SHA-256 over every
// item: `items` are the sizes of the items.
double hash_floor(const std::vector<Bytes>& records, const std::vector<std::size_t>& items);

}  // namespace qualog::tools
