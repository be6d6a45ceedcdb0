// SPDX-License-Identifier: Apache-2.0
// Teller: how the demo tells its story: for people in chapters on stdout, at most 100 columns, with
// bold headings on a terminal (unless NO_COLOR is set); for programs one JSON object a chapter, the
// facts that were checked. One thread.
#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace qualog::demo {

class Teller {
 public:
  explicit Teller(bool json);

  // Begins a chapter; `key` is its name in JSON.
  void chapter(std::string_view key, std::string_view title);
  // A paragraph.
  void say(std::string_view text);
  // What stands behind a label, indented.
  void show(std::string_view label, std::string_view text);
  // A line as it is, indented: a command to type.
  void line(std::string_view text);
  void fact(std::string_view key, boost::json::value value);
  void fact(std::string_view key, std::string_view text);
  // Ends the last chapter.
  void finish();

 private:
  bool json_;
  bool bold_;
  int chapters_ = 0;
  boost::json::object facts_;
};

// `text` in lines of at most 100 columns; `first` before the first, `rest` before the others.
std::string wrapped(std::string_view text, const std::string& first, const std::string& rest);

}  // namespace qualog::demo
