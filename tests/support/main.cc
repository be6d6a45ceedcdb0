// SPDX-License-Identifier: Apache-2.0
// The entry of every test binary.
#define BOOST_TEST_MODULE qualog
#include <boost/test/unit_test.hpp>
