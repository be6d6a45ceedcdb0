// SPDX-License-Identifier: Apache-2.0
// The control of the thread sanitizer: two threads write one number, and nothing orders them. Where
// this ends well, nobody watches.
#include <thread>

int main() {
  int number = 0;
  std::thread other([&] { ++number; });
  ++number;
  other.join();
}
