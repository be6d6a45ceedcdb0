// SPDX-License-Identifier: Apache-2.0
// Every limit of the product, in one place. Bytes unless the name says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>

namespace qualog::limits {

inline constexpr std::size_t kRecordBytesMax =
    900'000;  // on every backend: Kafka's default is 1 MiB
inline constexpr std::size_t kItemBytesMax = 64 * 1024;  // one event or aside
inline constexpr std::size_t kTextChunkBytesMax = 48 * 1024;
inline constexpr std::size_t kRefusalSideBytesMax = 16 * 1024;  // base or theirs, in a refusal
inline constexpr std::size_t kGroupEventsMax = 1'000'000;
inline constexpr std::size_t kNameCodePointsMax = 1'000;
inline constexpr std::size_t kMachineStringBytesMax = 512;  // principals, colours, languages
inline constexpr std::size_t kListItemsMax = 10'000;        // ids or splices in one action
inline constexpr std::size_t kTreeDepthMax = 64;
inline constexpr std::size_t kSourceCodePointsMax = 20'000'000;
inline constexpr std::size_t kJsonDepthMax = 32;
inline constexpr std::size_t kJsonLineBytesMax = 64 * 1024 * 1024;

}  // namespace qualog::limits
