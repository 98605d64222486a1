// SPDX-License-Identifier: MIT
// Attributes whose arguments are no expressions.
// clang: -std=gnu11
void f(void) __attribute__((availability(macosx, introduced=10.4, deprecated=10.6, obsoleted=10.7))); void g(void) __attribute__((availability(macos, unavailable, message="x"))); void k(void) __attribute__((annotate("foo"))); int m(void) __attribute__((availability(ios, introduced=4_0, strict))); void av3(void) __attribute__((availability(macos, introduced=10.4.1, replacement="z")));
