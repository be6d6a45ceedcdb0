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
inline constexpr std::size_t kReasonBytesMax = 16 * 1024;       // of a command
inline constexpr std::size_t kGroupEventsMax = 1'000'000;
inline constexpr std::size_t kNameCodePointsMax = 1'000;
inline constexpr std::size_t kMachineStringBytesMax = 512;  // principals, colours, languages
inline constexpr std::size_t kListItemsMax = 10'000;        // ids or splices in one action
inline constexpr std::size_t kTreeDepthMax = 64;
inline constexpr std::size_t kSourceCodePointsMax = 20'000'000;
inline constexpr std::size_t kJsonDepthMax = 32;
inline constexpr std::size_t kJsonLineBytesMax = 64 * 1024 * 1024;

// Files of other programs (tools/interchange).
inline constexpr std::size_t kArchiveEntriesMax = 100'000;
inline constexpr std::size_t kArchiveNameBytesMax = 1'024;
inline constexpr std::uint64_t kArchiveRatioMax = 200;  // of entries past kArchiveRatioFreeBytes
inline constexpr std::uint64_t kArchiveRatioFreeBytes = 1024 * 1024;
inline constexpr std::uint64_t kArchiveDeclaredBytesMax = 64ULL * 1024 * 1024 * 1024;
inline constexpr std::uint64_t kArchiveInflatedBytesMax = 512ULL * 1024 * 1024;  // in one import
inline constexpr std::uint64_t kArchiveMediaBytesMax =
    kArchiveDeclaredBytesMax;  // of the PDF, pictures, sound and film of one import
inline constexpr std::uint64_t kProjectXmlBytesMax = 256ULL * 1024 * 1024;
inline constexpr std::uint64_t kSourceTextBytesMax = 4 * kSourceCodePointsMax;
inline constexpr std::size_t kXmlDepthMax = 64;
inline constexpr std::size_t kXmlAttributesMax = 256;
inline constexpr std::size_t kXmlTagBytesMax = 1024 * 1024;  // also of a comment or instruction
inline constexpr std::size_t kXmlNamesMax = 20'000;          // different names in one document
inline constexpr std::size_t kXmlRemarksMax = 10'000;  // comments and instructions in a document
inline constexpr std::size_t kXmlTextBytesMax = 10'000'000;  // of one piece of text
inline constexpr std::size_t kImportObjectsMax = kGroupEventsMax;
inline constexpr std::size_t kImportNamelessMax = 10'000;  // objects without a GUID
inline constexpr std::size_t kImportElementsMax = 8 * kImportObjectsMax;
inline constexpr std::size_t kLossRowsMax = 1'000;
inline constexpr std::size_t kTableColumnsMax = 1'000;
inline constexpr std::size_t kTableCellsMax = 2'000'000;
inline constexpr std::size_t kPdfPagesMax = 10'000;
inline constexpr std::size_t kSourcePagesMax = 1'500;  // with their boxes, in one event
inline constexpr std::uint32_t kPixelsOfSideMax = 100'000;
// A file that is read in a process of its own (tools/documents/media).
inline constexpr std::uint64_t kReaderMemoryBytesMax = 2ULL * 1024 * 1024 * 1024;
inline constexpr unsigned kReaderSecondsMax = 60;

}  // namespace qualog::limits
