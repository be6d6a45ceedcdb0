// SPDX-License-Identifier: Apache-2.0
#include "tools/reader/media.h"

#include <MediaInfo/MediaInfo.h>
#include <sys/stat.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <unistd.h>

namespace qualog::reader {

namespace {

using MediaInfoLib::MediaInfo;

constexpr std::size_t kDone = 1 << 3;
constexpr std::uint64_t kNoWish = ~std::uint64_t{0};

// Bytes in the order in which the library wishes for them, until it has what it needs.
void feed(MediaInfo& info, std::uint64_t size) {
  std::array<std::uint8_t, 256 * 1024> buffer;
  info.Open_Buffer_Init(size, 0);
  while (true) {
    const auto count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count <= 0) break;
    const auto state = info.Open_Buffer_Continue(buffer.data(), static_cast<std::size_t>(count));
    if ((state & kDone) != 0) break;
    const std::uint64_t wish = info.Open_Buffer_Continue_GoTo_Get();
    if (wish == kNoWish) continue;
    const auto place = ::lseek(STDIN_FILENO, static_cast<off_t>(wish), SEEK_SET);
    if (place < 0) break;
    info.Open_Buffer_Init(size, static_cast<std::uint64_t>(place));
  }
  info.Open_Buffer_Finalize();
}

std::string value(MediaInfo& info, MediaInfoLib::stream_t stream, const wchar_t* name) {
  std::string text;
  for (const wchar_t c : info.Get(stream, 0, name)) text += c < 0x80 ? static_cast<char>(c) : '?';
  return text;
}

std::uint64_t number(MediaInfo& info, MediaInfoLib::stream_t stream, const wchar_t* name) {
  const std::string text = value(info, stream, name);
  const double found = std::strtod(text.c_str(), nullptr);
  return std::isfinite(found) && found > 0 && found < 1e15
             ? static_cast<std::uint64_t>(std::llround(found))
             : 0;
}

}  // namespace

Found read_media() {
  struct stat status {};
  if (::fstat(STDIN_FILENO, &status) != 0) return failed("it is no file; copy it again");
  MediaInfo info;
  feed(info, static_cast<std::uint64_t>(status.st_size));
  const bool video = info.Count_Get(MediaInfoLib::Stream_Video) > 0;
  const bool audio = info.Count_Get(MediaInfoLib::Stream_Audio) > 0;
  if (!video && !audio)
    return failed("it holds no sound or film that is known; save it as .mp3 or .mp4");
  const auto duration = number(info, MediaInfoLib::Stream_General, L"Duration");
  if (duration == 0) return failed("it is not whole, its length cannot be told; copy it again");
  return {{{"mime", value(info, MediaInfoLib::Stream_General, L"InternetMediaType")},
           {"duration_ms", duration},
           {"video", video},
           {"audio", audio},
           {"width", number(info, MediaInfoLib::Stream_Video, L"Width")},
           {"height", number(info, MediaInfoLib::Stream_Video, L"Height")}},
          {}};
}

}  // namespace qualog::reader
