// SPDX-License-Identifier: Apache-2.0
// XmlGuard reads the bytes of a document before the XML parser does and stops what would cost the
// parser time or memory before it can complain: any `<!` that is no comment or CDATA (so every
// DOCTYPE), tags with too many attributes or too long, endless or countless comments, endless text,
// and any encoding but UTF-8 (REFI-QDA 1.5 section 5.1), in which markup could hide. It is a lexer
// of delimiters only; what is well-formed is the parser's to say. Bytes may come in any pieces.
#pragma once

#include "schema/error.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace qualog::interchange {

struct XmlFault {
  Code code;
  std::string_view reason;
  std::uint64_t line;  // from 1
};

class XmlGuard {
 public:
  // The first fault in these bytes; after one, the guard is done.
  std::optional<XmlFault> feed(std::span<const char> bytes);

 private:
  enum class State : std::uint8_t {
    Start,
    Text,
    Open,
    Bang,
    Comment,
    CharacterData,
    Instruction,
    Tag,
    Quoted
  };

  void step(char c);
  void step_start(char c);
  void step_open(char c);
  void step_bang(char c);
  void step_tag(char c);
  void enter(State state);
  void enter_remark(State state);
  void stop(Code code, std::string_view reason);

  State state_ = State::Start;
  std::optional<XmlFault> fault_;
  std::uint64_t line_ = 1;
  std::uint64_t position_ = 0;
  std::uint64_t length_ = 0;      // in this state
  std::uint64_t remarks_ = 0;     // comments and instructions so far
  std::uint32_t attributes_ = 0;  // of this tag
  char quote_ = 0;
  char last_[2] = {0, 0};  // the two bytes before this one, in this state
};

}  // namespace qualog::interchange
