// SPDX-License-Identifier: MIT
// 128-bit integers.
// gcc: -std=gnu11
// clang: -std=gnu11
__int128 a;
unsigned __int128 b;
signed __int128 c;
__int128 unsigned d;
const __int128 e = -1;
__int128_t f;
__uint128_t g;
__int128 static long_one = ((__int128)1 << 100);
__int128 h(__int128 x) { return x * 3 + (x >> 64) % 7; }
struct b128 {
    __int128 v : 100;
};
