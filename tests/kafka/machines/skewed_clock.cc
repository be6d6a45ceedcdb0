// SPDX-License-Identifier: Apache-2.0
// A machine whose clock is wrong: preloaded into a program, it adds $QUALOG_CLOCK_SKEW_SECONDS to
// the time of day, and leaves alone what only measures time.
#include <sys/time.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>

namespace {

long skew() {
  const char* text = std::getenv("QUALOG_CLOCK_SKEW_SECONDS");
  long seconds = 0;
  if (text != nullptr) std::from_chars(text, text + std::strlen(text), seconds);
  return seconds;
}

int real_time(clockid_t clock, timespec* into) {
  using Real = int (*)(clockid_t, timespec*);
  static const auto real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "clock_gettime"));
  return real(clock, into);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* into) {
  const int failed = real_time(clock, into);
  if (failed == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    into->tv_sec += skew();
  return failed;
}

extern "C" int gettimeofday(timeval* into, void*) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  *into = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

extern "C" time_t time(time_t* into) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  if (into != nullptr) *into = now.tv_sec;
  return now.tv_sec;
}
