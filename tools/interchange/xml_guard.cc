// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/xml_guard.h"

#include "schema/limits.h"

namespace qualog::interchange {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kCdataOpen = "[CDATA[";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

void XmlGuard::stop(Code code, std::string_view reason) {
  if (!fault_) fault_ = XmlFault{code, reason, line_};
}

void XmlGuard::enter(State state) {
  state_ = state;
  length_ = 0;
  last_[0] = last_[1] = 0;
}

// libxml2 gathers remarks that follow each other before it hands out the first.
void XmlGuard::enter_remark(State state) {
  enter(state);
  if (++remarks_ > limits::kXmlRemarksMax) {
    stop(Code::too_large, "there are too many comments or instructions");
  }
}

void XmlGuard::step_start(char c) {
  const bool in_mark =
      position_ < kByteOrderMark.size() && c == kByteOrderMark[static_cast<std::size_t>(position_)];
  if (c == '<') return enter(State::Open);
  if (!in_mark && !is_space(c)) stop(Code::invalid, "the file is not XML in UTF-8");
}

void XmlGuard::step_open(char c) {
  if (c == '!') return enter(State::Bang);
  if (c == '?') return enter_remark(State::Instruction);
  attributes_ = 0;
  enter(c == '>' ? State::Text : State::Tag);
}

void XmlGuard::step_bang(char c) {
  const auto at = static_cast<std::size_t>(length_ - 1);
  if (c == '-' && (at == 0 || last_[1] == '-')) {
    if (at == 1) enter_remark(State::Comment);
    return;
  }
  if (at >= kCdataOpen.size() || c != kCdataOpen[at] || last_[1] == '-') {
    return stop(Code::invalid, "a document type declaration is not allowed");
  }
  if (at + 1 == kCdataOpen.size()) enter(State::CharacterData);
}

void XmlGuard::step_tag(char c) {
  if (c == '>') return enter(State::Text);
  if (c == '"' || c == '\'') {
    quote_ = c;
    state_ = State::Quoted;
  }
  if (c == '=' && ++attributes_ > limits::kXmlAttributesMax) {
    stop(Code::too_large, "an element has too many attributes");
  }
}

void XmlGuard::step(char c) {
  ++length_;
  const std::uint64_t length_max = state_ == State::Text || state_ == State::CharacterData
                                       ? limits::kXmlTextBytesMax
                                       : limits::kXmlTagBytesMax;
  if (length_ > length_max) stop(Code::too_large, "a text, tag or comment is too long");
  switch (state_) {
    case State::Start:
      return step_start(c);
    case State::Text:
      if (c == '<') enter(State::Open);
      return;
    case State::Open:
      return step_open(c);
    case State::Bang:
      return step_bang(c);
    case State::Comment:
      if (c == '>' && last_[0] == '-' && last_[1] == '-') enter(State::Text);
      return;
    case State::CharacterData:
      if (c == '>' && last_[0] == ']' && last_[1] == ']') enter(State::Text);
      return;
    case State::Instruction:
      if (c == '>' && last_[1] == '?') enter(State::Text);
      return;
    case State::Tag:
      return step_tag(c);
    case State::Quoted:
      if (c == quote_) state_ = State::Tag;
      return;
  }
}

std::optional<XmlFault> XmlGuard::feed(std::span<const char> bytes) {
  for (const char c : bytes) {
    if (c == '\n') ++line_;
    if (c == '\0') stop(Code::invalid, "the file is not XML in UTF-8");
    const State before = state_;
    step(c);
    if (fault_) return fault_;
    const bool stays = state_ == before && length_ != 0;
    last_[0] = stays ? last_[1] : '\0';
    last_[1] = stays ? c : '\0';
    ++position_;
  }
  return std::nullopt;
}

}  // namespace qualog::interchange
