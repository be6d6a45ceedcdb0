// SPDX-License-Identifier: Apache-2.0
// Sound and film by MediaInfo, which is given the bytes it asks for and no name, so that nothing
// beside the file can be opened: how long it is, what it is, and how large its picture.
#pragma once

#include "tools/reader/found.h"

namespace qualog::reader {

// Of standard input. {"mime", "duration_ms", "video": bool, "audio": bool, "width", "height"}.
Found read_media();

}  // namespace qualog::reader
