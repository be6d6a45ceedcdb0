// SPDX-License-Identifier: Apache-2.0
// The size of a picture as people see it: the pixels of a PNG or JPEG, after the rotation that EXIF
// asks for. Read from the few bytes that say so; the picture is never unpacked, so that neither its
// pixels nor a library's faults can hurt. Sources: PNG (ISO 15948) 11.2.2; JPEG (ITU T.81) B.2.2;
// EXIF 2.32, 4.6.4 (tag 0x0112). Pure.
#pragma once

#include "schema/result.h"
#include "tools/interchange/input_file.h"

#include <cstdint>

namespace qualog::documents {

struct PictureSize {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool turned = false;  // a quarter turn was applied
};

// Errors: invalid for a picture that is cut or broken; too_large past kPixelsOfSideMax.
Result<PictureSize> png_size(const interchange::InputFile& input);
Result<PictureSize> jpeg_size(const interchange::InputFile& input);

}  // namespace qualog::documents
